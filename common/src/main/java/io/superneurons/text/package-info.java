/**
 * From a question to token ids..
 *
 * <p>May import: {@code checkpoint}; DJL tokenizers, Jackson, Jinjava.
 */
package io.superneurons.text;
