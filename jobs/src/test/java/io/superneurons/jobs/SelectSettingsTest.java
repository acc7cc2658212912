package io.superneurons.jobs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.superneurons.activation.Site;
import io.superneurons.neuron.Rule;
import io.superneurons.neuron.Voting;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class SelectSettingsTest {
  @Test
  void everythingIsChosenUnlessTold() {
    SelectSettings settings = settings();
    assertEquals(Optional.empty(), settings.rule());
    assertEquals(List.of(Voting.MAJORITY, Voting.WEIGHTED), settings.votings());
    assertEquals(127, settings.choosableTopK().get(settings.choosableTopK().size() - 1));
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
    assertEquals(List.of(4), settings.choosableTopK());
    assertEquals(List.of(1, 3, 4), settings.shownTopK());
    assertEquals(Set.of(Site.ATTN_Z, Site.MLP_POST), settings.sites());
    assertEquals(Map.of("shifted", "s3a://b/x=y"), settings.evaluations());
    assertEquals(1L << 30, settings.shardBytes());
  }

  @Test
  void nonsenseIsRefusedByOption() {
    refused("--rule=oracle", "--rule oracle: No rule is named");
    refused("--metric=f2", "--metric f2");
    refused("--vote=loud", "--vote loud");
    refused("--sites=attn", "--sites attn: No site is named");
    refused("--top-k=few", "--top-k few");
    refused("--top-k=0", "--top-k must be positive");
    refused("--max-layer=-1", "--max-layer");
    refused("--tolerance=1.5", "--tolerance");
    refused("--shard-memory=lots", "--shard-memory lots");
    refused("--evaluate=folder", "--evaluate takes DIR=NAME");
    refused("--evaluate=folder=test", "'test' is taken");
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
