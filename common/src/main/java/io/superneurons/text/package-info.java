/**
 * From a question to token ids: chat template, tokenizer, prompt.
 *
 * <p>May import: {@code checkpoint}; DJL tokenizers, Jackson, Jinjava.
 */
package io.superneurons.text;
