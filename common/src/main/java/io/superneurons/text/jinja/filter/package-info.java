/**
 * Jinja2's filters and tests. Those that are not here are refused by name where a template is read.
 *
 * <p>May import: {@code text.python}, {@code text.python.operators}.
 */
package io.superneurons.text.jinja.filter;
