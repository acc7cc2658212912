package io.superneurons.jobs.cli;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Says under which heading the help lists the options of a class, and gives an example of them. On
 * an option it holds for that one and for those after it in the class.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.FIELD})
public @interface HelpGroup {
  /** The heading. */
  String value();

  /** Some of the options with values, as they may stand in a command; empty for none. */
  String example();
}
