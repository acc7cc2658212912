/**
 * Small pictures of rows' images for pages: found where the input names them, decoded, shrunk, and
 * embedded once each.
 *
 * <p>May import: {@code image}, {@code image.codec}, {@code jobs.input}, {@code jobs.pass}, {@code
 * jobs.report.markup}, {@code jobs.source}; Hadoop, ImageIO, SLF4J.
 */
package io.superneurons.jobs.report.images;
