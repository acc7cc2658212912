/**
 * From a question to token ids: chat template, tokenizer, prompt.
 *
 * <p>May import: {@code checkpoint}, {@code text.jinja}, {@code text.python}; DJL tokenizers,
 * Jackson.
 */
package io.superneurons.text;
