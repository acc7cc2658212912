/**
 * A Hugging Face checkpoint folder on disk: its configuration files and the headers of its
 * safetensors files, checked before anything is mapped.
 *
 * <p>Headers, offsets and JSON are untrusted. May import: Jackson and the JDK only.
 */
package io.superneurons.checkpoint;
