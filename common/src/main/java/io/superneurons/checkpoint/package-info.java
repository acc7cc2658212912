/**
 * A Hugging Face checkpoint folder on disk, checked before anything is mapped..
 *
 * <p>May import: Jackson.
 */
package io.superneurons.checkpoint;
