package io.superneurons.neuron.choose;

import io.superneurons.neuron.score.Contender;
import io.superneurons.neuron.score.Rankings;
import io.superneurons.neuron.statistics.Confusion;
import io.superneurons.neuron.statistics.Metric;
import io.superneurons.neuron.vote.Evidence;
import io.superneurons.neuron.vote.VoteTable;
import io.superneurons.neuron.vote.Votes;
import io.superneurons.neuron.vote.Voting;
import java.util.HashMap;
import java.util.Map;

/** How the votes of neurons go with the labels of the rows that they were fitted on. */
final class VoteTables {
  private final FitRows fit;
  private final double[] given; // how many rows have each label [labels]
  private final Map<Contender, Double> logOdds = new HashMap<>();
  private final Map<Contender, double[][]> logarithms = new HashMap<>();

  VoteTables(FitRows fit) {
    this.fit = fit;
    this.given = new double[fit.labels()];
    for (int row : fit.rows()) {
      given[fit.given()[row]]++;
    }
  }

  /** The weight of a neuron's vote by {@link Voting#LOG_ODDS}. */
  double logOdds(Rankings.Place place) {
    return logOdds.computeIfAbsent(place.contender(), c -> Voting.grained(logOddsOf(place)));
  }

  private double logOddsOf(Rankings.Place place) {
    int detected = place.contender().slot().detected();
    double[][] counts = counts(place);
    if (detected == Confusion.NO_LABEL) {
      double right = 0;
      for (int label = 0; label < given.length; label++) {
        right += counts[label + 1][label];
      }
      return Math.log((right + 1) / (fit.rows().length - right + 1)) + Math.log(given.length - 1);
    }
    double hits = counts[detected + 1][detected];
    double falseAlarms = -hits;
    for (double count : counts[detected + 1]) {
      falseAlarms += count;
    }
    double hitRate = (hits + 1) / (given[detected] + 2);
    double falseAlarmRate = (falseAlarms + 1) / (fit.rows().length - given[detected] + 2);
    return Math.log(hitRate) - Math.log(falseAlarmRate);
  }

  /**
   * What a neuron's votes add by {@link Voting#NAIVE_BAYES}.
   *
   * @param voters how many neurons vote
   */
  Evidence evidence(Rankings.Place place, int voters) {
    double[][] ofVotes = logarithms.computeIfAbsent(place.contender(), c -> logarithmsOf(place));
    double[][] table = new double[ofVotes.length][given.length];
    for (int label = 0; label < given.length; label++) {
      double lead = lead(label) / voters;
      for (int vote = 0; vote < table.length; vote++) {
        table[vote][label] = ofVotes[vote][label] + lead;
      }
    }
    return new VoteTable(table);
  }

  /** What a label begins with. */
  private double lead(int label) {
    return fit.metric() == Metric.ACCURACY ? Math.log(given[label] / fit.rows().length) : 0;
  }

  /**
   * The logarithms of how often rows of a label get a vote [votes, silence first][labels]; 0 for
   * votes that the neuron cannot give, and for the silence of one that always votes but for a value
   * that is no number.
   */
  private double[][] logarithmsOf(Rankings.Place place) {
    int detected = place.contender().slot().detected();
    int votes = detected == Confusion.NO_LABEL ? given.length : 2;
    double[][] table = counts(place);
    for (int vote = 0; vote < table.length; vote++) {
      int said = vote + Confusion.NO_LABEL;
      boolean possible =
          detected == Confusion.NO_LABEL
              ? said != Confusion.NO_LABEL
              : said == detected || said == Confusion.NO_LABEL;
      for (int label = 0; label < given.length; label++) {
        double share = (table[vote][label] + 1) / (given[label] + votes);
        table[vote][label] = possible ? Math.log(share) : 0;
      }
    }
    return table;
  }

  /** How many rows of each label get each vote [votes, silence first][labels]. */
  private double[][] counts(Rankings.Place place) {
    Votes votes = fit.votes(place);
    double[][] counts = new double[given.length + 1][given.length];
    for (int row : fit.rows()) {
      counts[votes.label(row) - Confusion.NO_LABEL][fit.given()[row]]++;
    }
    return counts;
  }
}
