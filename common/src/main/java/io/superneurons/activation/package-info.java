/**
 * What an activation is and how it is stored: site, layer, layout, float16 and the metadata file
 * beside the Parquet files.
 *
 * <p>May import: Jackson and the JDK only.
 */
package io.superneurons.activation;
