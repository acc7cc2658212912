package io.superneurons.jobs.select.choose;

import io.superneurons.jobs.select.scan.Heads;
import io.superneurons.jobs.select.scan.ProbeScan;
import io.superneurons.neuron.score.Contender;
import io.superneurons.neuron.score.Rankings;
import io.superneurons.neuron.statistics.Discoveries;
import io.superneurons.neuron.vote.Ballot;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the scans found for one task.
 *
 * @param rankings of its neurons
 * @param discoveries how many of them luck does not explain; nothing where all may vote
 * @param ballots of every neuron that may be chosen, and of the random pool
 * @param heads what attention heads say, for baselines
 * @param probe what the linear probe predicts, if there is one
 * @param randomPool neurons that random ones are drawn from
 */
public record Findings(
    Rankings rankings,
    Optional<Discoveries> discoveries,
    Map<Contender, Ballot> ballots,
    Heads heads,
    Optional<ProbeScan.Answer> probe,
    List<Contender> randomPool) {}
