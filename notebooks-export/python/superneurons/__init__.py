"""Super Neurons on Spark's DataFrames.

The session needs the project's jar:

    spark = SparkSession.builder.config("spark.jars", "superneurons-VERSION-all.jar").getOrCreate()

Options are those of the command line (``superneurons extract --help``), with underscores: ``top_k=15`` is ``--top-k 15``,
``answer=True`` is ``--answer``.
"""

import json
import os
import uuid

from py4j.protocol import Py4JJavaError
from pyspark.ml.param import Param, Params, TypeConverters
from pyspark.ml.wrapper import JavaTransformer
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql.functions import col, concat, lit, when

__all__ = ["SuperNeuronsError", "SuperNeuronsLabeler", "extract", "label", "select"]

_PACKAGE = "io.superneurons.jobs.frame"
_FIELDS = ("image", "question", "label", "id", "task", "split", "choices")
_WHOLE_PATH = r"^(/|[A-Za-z][A-Za-z0-9+.-]*:/)"


class SuperNeuronsError(ValueError):
    """What was asked for cannot work; the message says what, where and what to do."""


class SuperNeuronsLabeler(JavaTransformer):
    """Labels the images of a DataFrame, in batches and streams; a stage of pipelines.

    A row is asked about every task of the Super Neurons, and becomes a row for each, or about the one that ``taskCol``
    names. ``imageCol`` holds paths, encoded images, or structs of bytes and path.
    """

    def __init__(self, **params):
        super().__init__()
        self._java_obj = _new_labeler(self.uid)
        for java in self._java_obj.params():
            name = java.name()
            kind = TypeConverters.toInt if name == "batchSize" else TypeConverters.toString
            param = Param(self, name, java.doc(), typeConverter=kind)
            setattr(self, name, param)
            if self._java_obj.hasDefault(java):
                self._setDefault(**{name: self._java_obj.getDefault(java).get()})
        self._set(**params)

    def _transform(self, dataset):
        with _Refusals():
            return super()._transform(dataset)


def _new_labeler(uid):
    with _Refusals():
        return JavaTransformer._new_java_obj(f"{_PACKAGE}.SuperNeuronsLabeler", uid)


def label(df, model, superneurons, image="image", question=None, task=None, tasks=(), **params):
    """The rows of a DataFrame with the labels of their images, as label's job labels them.

    :param model: checkpoint folder, or its address
    :param superneurons: output folder of select, or its superneurons.json
    :param image: column of paths, of encoded images, or of structs of bytes and path
    :param question: column of questions; by default each task's own is asked
    :param task: column of tasks; by default each row is asked about all ``tasks``
    :param tasks: one task, or several
    :param params: further ones of SuperNeuronsLabeler, such as ``batchSize``
    """
    return SuperNeuronsLabeler(
        model=str(model),
        superNeurons=str(superneurons),
        imageCol=image,
        questionCol=question or "",
        taskCol=task or "",
        tasks=tasks if isinstance(tasks, str) else ",".join(tasks),
        **params,
    ).transform(df)


def extract(df, model, output, columns=None, **options):
    """Runs the model over the rows of a DataFrame, and gives their activations.

    :param columns: names of columns by field, of ``image, question, label, id, task, split, choices``; by default the same names
    :param output: folder to write; beside it the rows lie while they are worked on, under a name of their own
    """
    spark = df.sparkSession
    names = {field: field for field in _FIELDS if field in df.columns} | (columns or {})
    unknown = [name for name in names.values() if name not in df.columns]
    if unknown or not set(names) <= set(_FIELDS):
        raise SuperNeuronsError(f"columns {names}: the fields are {_FIELDS}, the columns {df.columns}")
    rows = df.select([col(name).alias(field) for field, name in names.items()])
    if dict(rows.dtypes).get("image") == "string":
        here = concat(lit(os.getcwd() + "/"), col("image"))
        rows = rows.withColumn("image", when(col("image").rlike(_WHOLE_PATH), col("image")).otherwise(here))
    view = "superneurons_" + uuid.uuid4().hex
    rows.createGlobalTempView(view)
    try:
        _run(
            spark,
            "extract",
            {"model": model, "input": f"table:global_temp.{view}", "output": output}
            | {"allow_schemes": "file,hdfs,s3a,abfss,gs,http,https"}
            | options,
        )
    finally:
        spark.catalog.dropGlobalTempView(view)
    return spark.read.parquet(str(output))


def select(activations, output, spark=None, **options):
    """Selects Super Neurons from activations, and gives what superneurons.json holds.

    :param activations: folder that extract wrote, or several
    :param output: folder to write, which label takes as ``superneurons``
    """
    spark = spark or SparkSession.active()
    folders = [activations] if isinstance(activations, (str, os.PathLike)) else activations
    _run(spark, "select", {"activations": list(folders), "output": output} | options)
    lines = spark.read.text(str(output).rstrip("/") + "/superneurons.json", wholetext=True).first()
    return json.loads(lines[0])


def _run(spark, stage, options):
    arguments = spark._jvm.java.util.ArrayList()
    for name, value in options.items():
        option = "--" + name.replace("_", "-")
        if value is None or value is False:
            continue
        arguments.add(option)
        if isinstance(value, (list, tuple)):
            arguments.add(",".join(str(one) for one in value))
        elif value is not True:
            arguments.add(str(value))
    with _Refusals():
        notebook = getattr(spark._jvm, f"{_PACKAGE}.Notebook")
        print(getattr(notebook, stage)(spark._jsparkSession, arguments), end="")


class _Refusals:
    """Turns what Java refuses into an exception with its message alone."""

    def __enter__(self):
        return self

    def __exit__(self, kind, error, trace):
        if isinstance(error, TypeError) and "JavaPackage" in str(error):
            raise SuperNeuronsError(
                "The session has no jar of Super Neurons: set spark.jars to superneurons-VERSION-all.jar before it starts"
            ) from None
        if isinstance(error, Py4JJavaError):
            name = error.java_exception.getClass().getName()
            if name.startswith(("io.superneurons.", "picocli.")):
                raise SuperNeuronsError(error.java_exception.getMessage()) from None
        return False
