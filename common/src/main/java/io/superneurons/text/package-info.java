/**
 * From a question to token ids: tokenizer.json and the chat template.
 *
 * <p>May import: {@code checkpoint}, DJL tokenizers, Jinjava, Jackson and the JDK.
 */
package io.superneurons.text;
