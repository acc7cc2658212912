/**
 * A Hugging Face checkpoint folder on disk: its configuration and the headers of its tensors,
 * checked before anything is mapped.
 *
 * <p>May import: Jackson, SLF4J.
 */
package io.superneurons.checkpoint;
