package io.superneurons.jobs.select.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.superneurons.activation.Site;
import io.superneurons.jobs.SelectJob;
import io.superneurons.jobs.cli.ConfigFile;
import io.superneurons.jobs.cli.ConfigurationException;
import io.superneurons.jobs.select.rows.SplitBy;
import io.superneurons.neuron.rows.ChosenOn;
import io.superneurons.neuron.rows.FittedOn;
import io.superneurons.neuron.rows.Scheme;
import io.superneurons.neuron.rule.Rule;
import io.superneurons.neuron.vote.Picking;
import io.superneurons.neuron.vote.Voting;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class SelectSettingsTest {
  @Test
  void everythingIsChosenUnlessTold() {
    SelectSettings settings = settings();
    assertEquals(Optional.empty(), settings.rule());
    assertEquals(List.of(Voting.values()), settings.votings());
    assertTrue(settings.picks().choosable().contains(Picking.topK(127)));
    assertFalse(settings.picks().choosable().contains(Picking.greedy(31)));
    assertTrue(settings("--pick=auto").picks().choosable().contains(Picking.greedy(31)));
    assertEquals(new Scheme(Optional.empty(), FittedOn.PROBE_AND_VALIDATION, 0), settings.scheme());
    assertEquals(SplitBy.AUTO, settings.dealing().by());
    assertEquals(512L << 20, settings.shardBytes());
  }

  @Test
  void optionsAreSpelledWithDashes() {
    SelectSettings settings =
        settings(
            "--rule=best-cut",
            "--top-k=4",
            "--sites=attn_z,mlp_post",
            "--evaluate=s3a://b/x=y=shifted",
            "--tasks=dog,cat",
            "--shard-memory=1g");
    assertEquals(Optional.of(Rule.BEST_CUT), settings.rule());
    assertEquals(List.of(Picking.topK(4)), settings.picks().choosable());
    assertEquals(List.of(1, 3, 4), settings.picks().shown(Picking.Kind.TOP_K));
    assertEquals(
        Map.of("attn_z", List.of(Site.ATTN_Z), "mlp_post", List.of(Site.MLP_POST)),
        settings.sites());
    assertEquals(
        Map.of(
            "vision_attn_z",
            List.of(
                Site.VISION_ATTN_Z_MEAN,
                Site.VISION_ATTN_Z_MAX,
                Site.VISION_ATTN_Z_CLS,
                Site.VISION_ATTN_Z_GRID),
            "vision_mlp_post_max",
            List.of(Site.VISION_MLP_POST_MAX)),
        settings("--sites=vision_attn_z,vision_mlp_post_max").sites());
    assertEquals(Map.of("shifted", List.of("s3a://b/x=y")), settings.evaluations());
    assertEquals(1L << 30, settings.shardBytes());
  }

  @Test
  void whatIsPickedAndSplitIsSpelledOut() {
    SelectSettings settings =
        settings(
            "--pick=threshold",
            "--threshold=0.9",
            "--top-k=200",
            "--vote=log-odds",
            "--choose-on=cross-validation",
            "--fit-on=probe",
            "--split-by=image",
            "--split=1/1/2",
            "--seed=7");
    assertEquals(List.of(Picking.above(0.9, 200)), settings.picks().choosable());
    assertEquals(200, settings.picks().most());
    assertEquals(List.of(Voting.LOG_ODDS), settings.votings());
    assertEquals(
        new Scheme(Optional.of(ChosenOn.CROSS_VALIDATION), FittedOn.PROBE, 7), settings.scheme());
    assertEquals(7, settings.dealing().byImage().seed());
    assertEquals(
        List.of(Picking.greedy(9)), settings("--pick=greedy", "--top-k=9").picks().choosable());
  }

  @Test
  void nonsenseIsRefusedByOption() {
    refused("--pick=best", "--pick best");
    refused("--pick=threshold", "--threshold X go together");
    refused("--threshold=0.9", "--threshold X go together");
    refused("--abstain=1", "--abstain must be");
    refused("--permutations=5", "--permutations must be 0, or 19 or more");
    refused("--choose-on=test", "--choose-on test");
    refused("--fit-on=test", "--fit-on test");
    refused("--split-by=id", "--split-by id: Rows are split by auto, column or image");
    Exception e =
        assertThrows(
            ConfigurationException.class, () -> settings("--split-by=image", "--split=80/20"));
    assertTrue(e.getMessage().contains("--split 80/20"), e.getMessage());
    e = assertThrows(ConfigurationException.class, () -> settings("--pick=greedy", "--top-k=63"));
    assertTrue(e.getMessage().contains("at most --top-k 31"), e.getMessage());

    refused("--rule=oracle", "--rule oracle: No rule is named");
    refused("--metric=f2", "--metric f2");
    refused("--vote=loud", "--vote loud");
    refused("--sites=attn", "--sites attn: No site is named");
    refused("--top-k=few", "--top-k few");
    refused("--top-k=0", "--top-k must be positive");
    refused("--max-layer=-1", "--max-layer");
    refused("--max-q=0", "--max-q");
    refused("--max-q=1.5", "--max-q");
    refused("--max-layer=w3", "'w3' names no layer; 3 is a layer of the decoder");
    refused("--tolerance=1.5", "--tolerance");
    refused("--shard-memory=lots", "--shard-memory lots");
    refused("--evaluate=folder", "--evaluate takes DIR=NAME");
    refused("--evaluate=folder=test", "'test' is taken");
  }

  @Test
  void theFileInConfHasTheDefaults() {
    SelectJob job = new SelectJob();
    CommandLine line = new CommandLine(job);
    line.setDefaultValueProvider(
        ConfigFile.of(new String[] {"--config=../conf/select.properties"}));
    line.parseArgs("--activations=there", "--output=here");
    assertEquals(settings(), SelectSettings.of(job.options()));
  }

  private static void refused(String option, String named) {
    Exception e = assertThrows(ConfigurationException.class, () -> settings(option));
    assertTrue(e.getMessage().contains(named), e.getMessage());
  }

  private static SelectSettings settings(String... more) {
    SelectJob job = new SelectJob();
    CommandLine line = new CommandLine(job);
    String[] arguments = new String[more.length + 2];
    arguments[0] = "--activations=there";
    arguments[1] = "--output=here";
    System.arraycopy(more, 0, arguments, 2, more.length);
    line.parseArgs(arguments);
    return SelectSettings.of(job.options());
  }
}
