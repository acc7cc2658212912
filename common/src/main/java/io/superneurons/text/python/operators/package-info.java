/**
 * What Python does with values: operators, attributes, methods, printing, JSON. What is not as in
 * CPython 3.11 is an error.
 *
 * <p>May import: {@code text.python}.
 */
package io.superneurons.text.python.operators;
