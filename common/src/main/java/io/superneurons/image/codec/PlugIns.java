package io.superneurons.image.codec;

import com.twelvemonkeys.imageio.plugins.jpeg.JPEGImageReaderSpi;
import com.twelvemonkeys.imageio.plugins.tiff.BigTIFFImageReaderSpi;
import com.twelvemonkeys.imageio.plugins.tiff.TIFFImageReaderSpi;
import java.io.IOException;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import javax.imageio.ImageReader;
import javax.imageio.spi.IIORegistry;
import javax.imageio.spi.ImageReaderSpi;
import javax.imageio.spi.ServiceRegistry;

/**
 * The ImageIO readers, taken from known classes. ImageIO's own search asks the thread's context
 * class loader, which in a Spark executor need not see the application's jars; and registering with
 * ImageIO would change it for everybody in that JVM.
 */
final class PlugIns {
  private static final ServiceRegistry REGISTRY = registry();

  private PlugIns() {}

  private static ServiceRegistry registry() {
    ServiceRegistry registry =
        new ServiceRegistry(List.<Class<?>>of(ImageReaderSpi.class).iterator());
    Iterator<ImageReaderSpi> known =
        IIORegistry.getDefaultInstance().getServiceProviders(ImageReaderSpi.class, false);
    while (known.hasNext()) {
      ImageReaderSpi spi = known.next();
      if (isJdks(spi)) {
        registry.registerServiceProvider(spi, ImageReaderSpi.class);
      }
    }
    // The JPEG reader wraps the JDK's, which it looks for in the registry that it is put in.
    registry.registerServiceProvider(new JPEGImageReaderSpi(), ImageReaderSpi.class);
    registry.registerServiceProvider(new TIFFImageReaderSpi(), ImageReaderSpi.class);
    registry.registerServiceProvider(new BigTIFFImageReaderSpi(), ImageReaderSpi.class);
    return registry;
  }

  private static boolean isJdks(ImageReaderSpi spi) {
    return spi.getClass().getModule() == ImageReader.class.getModule();
  }

  /** A new reader of the plug-in of that class. */
  static ImageReader reader(Class<? extends ImageReaderSpi> plugIn) throws IOException {
    return REGISTRY.getServiceProviderByClass(plugIn).createReaderInstance();
  }

  /** A new reader of the JDK's plug-in for that format. */
  static ImageReader jdkReader(String format) throws IOException {
    Iterator<ImageReaderSpi> candidates =
        REGISTRY.getServiceProviders(
            ImageReaderSpi.class,
            spi -> isJdks((ImageReaderSpi) spi) && reads((ImageReaderSpi) spi, format),
            false);
    if (!candidates.hasNext()) {
      throw new IllegalStateException(
          "This Java runtime has no image reader for " + format + "; use a full JDK 17");
    }
    return candidates.next().createReaderInstance();
  }

  private static boolean reads(ImageReaderSpi spi, String format) {
    return Arrays.asList(spi.getFormatNames()).contains(format);
  }
}
