package io.superneurons.activation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ActivationsMetadataTest {
  /** The example of the design, with a key that nobody knows. */
  private static final String BY_ANOTHER_PROGRAM =
      """
      {"format": "superneurons-activations", "version": 1,
       "model": {"name": "m", "family": "llava", "fingerprint": "f"},
       "layers": 2, "sites": {"resid_post": 128, "attn_z": 64}, "dtype": "float16",
       "token": "last_prompt", "prompt": {"template": "x"}, "image": {}, "rows": 1200,
       "errors": 3, "later": {"addition": true}}
      """;

  @Test
  void whatIsWrittenIsRead() {
    ActivationsMetadata metadata =
        metadata(
            new ActivationLayout(
                CapturedLayers.NONE,
                new CapturedLayers(6, List.of(0, 3)),
                SiteWidths.same(widths())),
            new PassCost(1000, 40, 300, 500, 100, 50));
    String json = metadata.toJson();
    assertEquals(metadata, ActivationsMetadata.fromJson(json, "there"));
    assertTrue(json.contains("\"captured_layers\" : [ 0, 3 ]"), json);
    assertTrue(json.contains("\"compute_dtype\" : \"bfloat16\""), json);
    assertTrue(json.contains("\"resid_post\" : 7"), json);
    assertTrue(json.contains("\"per_layer\" : 500"), json);
  }

  @Test
  void allLayersAreNotListed() {
    ActivationsMetadata metadata = metadata(ActivationLayout.ofAllLayers(3, widths()), null);
    assertFalse(metadata.toJson().contains("captured_layers"));
    assertEquals(metadata, ActivationsMetadata.fromJson(metadata.toJson(), "there"));
  }

  @Test
  void layersOfTheTowerAreSaid() {
    Map<Site, Integer> widths = Map.of(Site.VISION_MLP_POST_GRID, 4 * 64, Site.RESID_POST, 128);
    ActivationLayout layout =
        new ActivationLayout(
            new CapturedLayers(23, List.of(0, 5)), CapturedLayers.all(2), SiteWidths.same(widths));
    String json = metadata(layout, null).toJson();
    assertTrue(json.contains("\"tower_layers\" : 23"), json);
    assertTrue(json.contains("\"captured_tower_layers\" : [ 0, 5 ]"), json);
    assertTrue(json.contains("\"vision_mlp_post_grid\" : 256"), json);
    ActivationsMetadata read = ActivationsMetadata.fromJson(json, "there");
    assertEquals(layout, read.layout());
    assertEquals(
        List.of("v00_mlp_post_grid", "v05_mlp_post_grid", "l00_resid_post", "l01_resid_post"),
        read.layout().columns().stream().map(LayerSite::column).toList());
    assertEquals(2 * 256 + 2 * 128, read.layout().neurons());
  }

  @Test
  void aSiteMayHaveAnotherWidthInSomeLayers() {
    LayerSite odd = new LayerSite(1, Site.ATTN_Z);
    SiteWidths widths =
        new SiteWidths(Map.of(Site.ATTN_Z, 256, Site.RESID_POST, 64), Map.of(odd, 96));
    ActivationLayout layout =
        new ActivationLayout(CapturedLayers.NONE, CapturedLayers.all(3), widths);
    assertEquals(3 * 64 + 2 * 256 + 96, layout.neurons());
    assertEquals(96, layout.width(odd));
    assertEquals(256, layout.width(new LayerSite(2, Site.ATTN_Z)));
    String json = metadata(layout, null).toJson();
    assertTrue(json.contains("\"other_widths\""), json);
    assertEquals(layout, ActivationsMetadata.fromJson(json, "there").layout());
    assertThrows(
        IllegalArgumentException.class,
        () -> new SiteWidths(Map.of(Site.RESID_POST, 64), Map.of(odd, 96)));
  }

  @Test
  void aTowerAloneIsALayout() {
    ActivationLayout layout =
        new ActivationLayout(
            CapturedLayers.all(2),
            CapturedLayers.noneOf(6),
            SiteWidths.same(Map.of(Site.VISION_ATTN_Z_CLS, 8)));
    String json = metadata(layout, null).toJson();
    assertFalse(json.contains("captured_tower_layers"), json);
    assertEquals(layout, ActivationsMetadata.fromJson(json, "there").layout());
    assertThrows(
        IllegalArgumentException.class,
        () ->
            new ActivationLayout(
                CapturedLayers.all(2),
                CapturedLayers.NONE,
                SiteWidths.same(Map.of(Site.RESID_POST, 8))));
  }

  @Test
  void anotherProgramsFileIsRead() {
    ActivationsMetadata read = ActivationsMetadata.fromJson(BY_ANOTHER_PROGRAM, "there");
    assertEquals(1200, read.rows());
    assertEquals(0, read.attentionHeads());
    assertEquals(
        List.of("l00_resid_post", "l00_attn_z", "l01_resid_post", "l01_attn_z"),
        read.layout().columns().stream().map(LayerSite::column).toList());
    assertEquals(2 * (128 + 64), read.layout().neurons());
  }

  @Test
  void anotherFormatOrANewerVersionIsRefusedByName() {
    refused(BY_ANOTHER_PROGRAM.replace("superneurons-activations", "sae"), "'sae'");
    refused(BY_ANOTHER_PROGRAM.replace("\"version\": 1", "\"version\": 2"), "version 2");
    refused(BY_ANOTHER_PROGRAM.replace("last_prompt", "mean"), "'mean'");
    refused(BY_ANOTHER_PROGRAM.replace("\"float16\"", "\"bfloat16\""), "'bfloat16'");
    refused(BY_ANOTHER_PROGRAM.replace("attn_z", "attn"), "'attn'");
    refused("{", "not JSON");
    refused("{\"format\": \"superneurons-activations\", \"version\": 1}", "layers");
  }

  private static void refused(String json, String named) {
    FormatException e =
        assertThrows(FormatException.class, () -> ActivationsMetadata.fromJson(json, "the-file"));
    assertTrue(e.getMessage().contains("the-file"), e.getMessage());
    assertTrue(e.getMessage().contains(named), e.getMessage());
  }

  private static Map<Site, Integer> widths() {
    return Map.of(Site.MLP_POST, 256, Site.RESID_POST, 128);
  }

  private static ActivationsMetadata metadata(ActivationLayout layout, PassCost cost) {
    return new ActivationsMetadata(
        new ModelIdentity("tiny", "llava", "abc"),
        layout,
        4,
        StoreDType.FLOAT16,
        "bfloat16",
        Map.of("template", "USER: <image>\n{question}"),
        Map.of("size", 64),
        10,
        1,
        Map.of(Site.RESID_POST, 7L),
        Map.of(),
        cost,
        cost == null ? null : new PassCost(500, 20, 150, 250, 50, 50));
  }
}
