package io.superneurons.jobs.frame;

import org.apache.spark.sql.SparkSessionExtensions;
import org.apache.spark.sql.catalyst.FunctionIdentifier;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.ExpressionInfo;
import scala.Function1;
import scala.Tuple3;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;
import scala.runtime.AbstractFunction1;
import scala.runtime.BoxedUnit;

/**
 * Gives SQL the function {@code superneurons_label(image[, task[, question]])}, in sessions whose
 * {@code spark.sql.extensions} names this class: the labels of {@link SuperNeuronsLabeler}, as a
 * struct. Model and Super Neurons are those of {@code spark.superneurons.model} and {@code
 * spark.superneurons.super-neurons}, which SQL's SET may change.
 */
public final class SuperNeuronsExtensions
    extends AbstractFunction1<SparkSessionExtensions, BoxedUnit> {
  @Override
  public BoxedUnit apply(SparkSessionExtensions extensions) {
    Function1<Seq<Expression>, Expression> builder =
        given -> LabelFunction.of(CollectionConverters.asJava(given));
    ExpressionInfo described =
        new ExpressionInfo(
            LabelFunction.class.getName(),
            null,
            LabelFunction.NAME,
            LabelFunction.USAGE,
            "",
            "",
            "",
            "",
            "",
            "",
            "java_udf");
    extensions.injectFunction(
        Tuple3.apply(FunctionIdentifier.apply(LabelFunction.NAME), described, builder));
    return BoxedUnit.UNIT;
  }
}
