/**
 * Values of Python as templates have them.
 *
 * <p>None is {@code null}; booleans, integers, floats and strings are {@code Boolean}, {@code
 * BigInteger}, {@code Double} and {@code String}; all else is a class of this package. Nothing here
 * reaches a Java object of another kind.
 */
package io.superneurons.text.python;
