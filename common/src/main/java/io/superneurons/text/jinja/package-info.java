/**
 * Templates in the language of Jinja2, as Hugging Face transformers sets it up; what is not as in
 * Jinja2 is an error that names the line.
 *
 * <p>May import: {@code text.jinja.filter}, {@code text.python}, {@code text.python.operators}.
 */
package io.superneurons.text.jinja;
