package io.superneurons.jobs;

import io.superneurons.activation.LayerSite;
import io.superneurons.neuron.AttentionHead;
import io.superneurons.neuron.ChoiceSpace;
import io.superneurons.neuron.Contender;
import io.superneurons.neuron.Rankings;
import io.superneurons.neuron.Rule;
import io.superneurons.neuron.SuperNeurons;
import io.superneurons.neuron.TaskPlan;
import io.superneurons.neuron.TaskRows;
import io.superneurons.neuron.TaskSuperNeurons;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageLevel;

/** One run of select within a Spark session. */
final class SelectRun {
  private final SparkSession spark;
  private final JavaSparkContext context;
  private final SelectSettings settings;
  private final SelectOutput output;
  private final SelectSets sets;

  SelectRun(SparkSession spark, SelectSettings settings, SelectOutput output) {
    this.spark = spark;
    this.context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    this.settings = settings;
    this.output = output;
    this.sets = SelectSets.with(settings.evaluations().keySet());
  }

  /**
   * Reads, scores, selects and writes.
   *
   * @return the tasks that no neuron could serve
   * @throws ConfigurationException for what cannot work, before any activations are read
   */
  List<String> run() throws IOException {
    Configuration hadoop = context.hadoopConfiguration();
    SelectFolders folders = SelectFolders.open(settings, hadoop);
    List<LayerSite> columns = folders.columns(settings);
    SelectTable table = readRows(columns);
    ChoicePlan choices = ChoicePlan.of(settings, table, columns);
    SelectWork work =
        new SelectWork(
            table.files(),
            table.rows().size(),
            folders.first(),
            choices.plans(),
            table.starts(),
            choices.most());
    List<SelectShard> shards =
        SelectShard.plan(columns, folders.first(), table.rows().size(), settings.shardBytes());
    output.printPlan(table, sets, folders, columns, shards);
    Broadcast<SelectWork> shared = context.broadcast(work);
    JavaRDD<SelectScores> scores =
        context
            .parallelize(shards, shards.size())
            .map(shard -> SelectScan.score(shared.value(), shard))
            .persist(StorageLevel.MEMORY_AND_DISK());
    try {
      List<Optional<SelectTask.Outcome>> outcomes =
          select(table, columns, choices, work, shared, scores);
      return write(folders, work, scores, outcomes);
    } finally {
      scores.unpersist();
      shared.destroy();
    }
  }

  private SelectTable readRows(List<LayerSite> columns) {
    SelectRowReader reader = new SelectRowReader(spark, sets, settings.tasks(), columns);
    List<SelectRow> rows = new ArrayList<>();
    settings.activations().forEach(folder -> rows.addAll(reader.readOwn(folder)));
    settings
        .evaluations()
        .forEach((name, folder) -> rows.addAll(reader.readEvaluation(folder, name)));
    SelectTable table = SelectTable.of(rows, sets);
    for (String task : settings.tasks()) {
      if (table.tasks().stream().noneMatch(rowsOfTask -> rowsOfTask.task().equals(task))) {
        throw new ConfigurationException(
            String.format(
                "--tasks %s: no labelled row of that task in %s", task, settings.activations()));
      }
    }
    output.warnOfSharedImages(table);
    return table;
  }

  /** Two looks: every neuron's scores, then the votes of those that may be chosen. */
  private List<Optional<SelectTask.Outcome>> select(
      SelectTable table,
      List<LayerSite> columns,
      ChoicePlan choices,
      SelectWork work,
      Broadcast<SelectWork> shared,
      JavaRDD<SelectScores> scores) {
    context.sc().setJobDescription("select: score every neuron");
    List<SelectScores.Leaders> leaders = scores.map(SelectScores::toLeaders).collect();
    output.printScored(leaders);
    SelectRandom random = new SelectRandom(settings.seed());
    List<Rankings> rankings = new ArrayList<>();
    List<List<Contender>> pools = new ArrayList<>();
    List<List<Contender>> asked = new ArrayList<>();
    for (int task = 0; task < work.plans().size(); task++) {
      TaskPlan plan = work.plans().get(task);
      rankings.add(rankings(plan, task, leaders));
      pools.add(random.pool(plan, columns, work.metadata().layout()));
      asked.add(
          Stream.concat(
                  rankings
                      .get(task)
                      .leaders(
                          choices.spaces().get(task).rules(),
                          choices.spaces().get(task).exitLayers(),
                          choices.most())
                      .stream(),
                  pools.get(task).stream())
              .distinct()
              .toList());
    }
    List<Map<Contender, short[]>> votes = votes(asked, work, shared);
    return IntStream.range(0, work.plans().size())
        .mapToObj(
            task ->
                new SelectTask(settings, sets, work.plans().get(task), table.rowsOf(task))
                    .select(
                        choices.spaces().get(task),
                        new SelectTask.Findings(
                            rankings.get(task),
                            votes.get(task),
                            heads(task, leaders),
                            pools.get(task))))
        .toList();
  }

  private static Rankings rankings(TaskPlan plan, int task, List<SelectScores.Leaders> leaders) {
    Rankings rankings = new Rankings(plan);
    for (SelectScores.Leaders ofShard : leaders) {
      for (int trial = 0; trial < plan.trials().size(); trial++) {
        for (int slot = 0; slot < plan.slots().size(); slot++) {
          rankings.add(trial, slot, ofShard.leaders().get(task).get(trial).get(slot));
        }
      }
    }
    rankings.sort();
    return rankings;
  }

  private static List<AttentionHead> heads(int task, List<SelectScores.Leaders> leaders) {
    return leaders.stream().flatMap(shard -> shard.heads().get(task).stream()).toList();
  }

  private List<Map<Contender, short[]>> votes(
      List<List<Contender>> asked, SelectWork work, Broadcast<SelectWork> shared) {
    List<SelectVotes.Request> requests =
        SelectVotes.Request.plan(asked, work.rows(), settings.shardBytes());
    context.sc().setJobDescription("select: votes of the candidates");
    List<SelectVotes> answers =
        context
            .parallelize(requests, requests.size())
            .flatMap(request -> SelectVotes.cast(shared.value(), request).iterator())
            .collect();
    List<Map<Contender, short[]>> votes = new ArrayList<>();
    asked.forEach(task -> votes.add(new HashMap<>()));
    for (SelectVotes answer : answers) {
      for (int i = 0; i < answer.contenders().size(); i++) {
        votes.get(answer.task()).put(answer.contenders().get(i), answer.votes().get(i));
      }
    }
    return votes;
  }

  private List<String> write(
      SelectFolders folders,
      SelectWork work,
      JavaRDD<SelectScores> scores,
      List<Optional<SelectTask.Outcome>> outcomes)
      throws IOException {
    List<SelectTask.Outcome> done = outcomes.stream().flatMap(Optional::stream).toList();
    List<TaskSuperNeurons> tasks = done.stream().map(SelectTask.Outcome::superNeurons).toList();
    List<String> failed =
        IntStream.range(0, outcomes.size())
            .filter(task -> outcomes.get(task).isEmpty())
            .mapToObj(task -> work.plans().get(task).rows().task())
            .toList();
    output.clear();
    context.sc().setJobDescription("select: write");
    SelectTables tables = new SelectTables(spark, settings.output());
    tables.writeScores(scores, work, tasks);
    tables.writeEvaluations(done.stream().flatMap(task -> task.evaluations().stream()).toList());
    tables.writeCurves(done.stream().flatMap(task -> task.curves().stream()).toList());
    SuperNeurons superNeurons =
        new SuperNeurons(
            folders.first().model(),
            folders.first().prompt(),
            folders.first().image(),
            folders.first().storeDType(),
            folders.first().computeDType(),
            output.versions(spark.version()),
            tasks);
    output.write(superNeurons);
    output.printSummary(tasks, failed);
    return failed;
  }

  /**
   * How tasks are scored and what may be chosen for each.
   *
   * @param plans one a task
   * @param spaces one a task
   * @param most the most neurons that are looked at together
   */
  private record ChoicePlan(List<TaskPlan> plans, List<ChoiceSpace> spaces, int most) {
    static ChoicePlan of(SelectSettings settings, SelectTable table, List<LayerSite> columns) {
      List<Integer> exitLayers = columns.stream().map(LayerSite::layer).distinct().toList();
      List<TaskPlan> plans = new ArrayList<>();
      List<ChoiceSpace> spaces = new ArrayList<>();
      for (TaskRows rows : table.tasks()) {
        List<Rule> rules = rules(settings, rows);
        plans.add(plan(settings, rows, rules));
        spaces.add(
            new ChoiceSpace(
                rules,
                settings.votings(),
                exitLayers,
                settings.choosableTopK(),
                settings.tolerance()));
      }
      int most = settings.shownTopK().stream().max(Comparator.naturalOrder()).orElseThrow();
      return new ChoicePlan(plans, spaces, most);
    }

    private static List<Rule> rules(SelectSettings settings, TaskRows rows) {
      int labels = rows.labels().size();
      settings
          .rule()
          .filter(rule -> !rule.fits(labels))
          .ifPresent(
              rule -> {
                throw new ConfigurationException(
                    String.format(
                        "--rule %s does not fit task '%s', which has %d labels; --rule auto picks"
                            + " one that does",
                        rule.label().replace('_', '-'), rows.task(), labels));
              });
      return settings.rule().map(List::of).orElse(Rule.tried(labels));
    }

    private static TaskPlan plan(SelectSettings settings, TaskRows rows, List<Rule> rules) {
      try {
        return TaskPlan.of(rows, rules, settings.metric(), settings.seed());
      } catch (IllegalArgumentException e) {
        throw new ConfigurationException(
            String.format(
                "Task '%s': %s; add rows of split 'validation', or probing rows",
                rows.task(), e.getMessage()),
            e);
      }
    }
  }
}
