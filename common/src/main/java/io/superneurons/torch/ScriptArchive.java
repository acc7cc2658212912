package io.superneurons.torch;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * A TorchScript archive made from source text: a zip of stored entries with one module that has no
 * attributes. The pickles are the constant bytes that {@code torch.jit.save} writes for such a
 * module; nothing is ever unpickled in Java.
 */
final class ScriptArchive {
  private static final String HEAD =
      "class Functions(Module):\n"
          + "  __parameters__ = []\n"
          + "  __buffers__ = []\n"
          + "  training : bool\n";

  private ScriptArchive() {}

  /** The bytes of an archive whose module has the functions of the source as its methods. */
  static byte[] of(String source) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      store(zip, "version", ascii("10\n"));
      store(
          zip,
          "data.pkl",
          ascii("\u0080\u0002c__torch__\nFunctions\n)\u0081}(X\b\0\0\0training\u0089ub."));
      store(zip, "constants.pkl", ascii("\u0080\u0002)."));
      store(zip, "code/__torch__.py", (HEAD + source.indent(2)).getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static void store(ZipOutputStream zip, String name, byte[] content) throws IOException {
    ZipEntry entry = new ZipEntry("script/" + name);
    entry.setMethod(ZipEntry.STORED);
    entry.setSize(content.length);
    CRC32 crc = new CRC32();
    crc.update(content);
    entry.setCrc(crc.getValue());
    zip.putNextEntry(entry);
    zip.write(content);
    zip.closeEntry();
  }
}
