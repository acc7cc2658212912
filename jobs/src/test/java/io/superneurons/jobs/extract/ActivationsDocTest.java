package io.superneurons.jobs.extract;

import io.superneurons.DocumentedNames;
import io.superneurons.activation.ActivationLayout;
import io.superneurons.activation.Site;
import io.superneurons.jobs.wave.ResultFiles;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;
import org.junit.jupiter.api.Test;

/** docs/formats.md names every column of activations and of the rows that failed. */
class ActivationsDocTest {
  @Test
  void everyColumnIsDocumented() throws IOException {
    ResultFiles files =
        ActivationsWriter.files(
            ActivationLayout.ofAllLayers(
                1, Map.of(Site.RESID_POST, 4, Site.ATTN_Z, 4, Site.MLP_POST, 8)));
    Set<String> names = new TreeSet<>();
    for (MessageType schema : new MessageType[] {files.rows(), files.errors()}) {
      schema.getFields().stream().map(Type::getName).forEach(names::add);
    }
    Stream.of("l00_resid_post", "l00_attn_z", "l00_mlp_post")
        .filter(column -> !names.contains(column))
        .forEach(
            column -> {
              throw new AssertionError(column + " is not written");
            });
    DocumentedNames.require(names, "formats.md");
  }
}
