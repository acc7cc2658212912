package io.superneurons.jobs.select.size;

import io.superneurons.activation.LayerSite;
import io.superneurons.jobs.cli.ConfigurationException;
import io.superneurons.jobs.select.choose.OpenTask;
import io.superneurons.jobs.select.choose.Searches;
import io.superneurons.jobs.select.rows.LabelledRowReader;
import io.superneurons.jobs.select.rows.OwnRows;
import io.superneurons.jobs.select.rows.RowBlock;
import io.superneurons.jobs.select.rows.RowTable;
import io.superneurons.jobs.select.rows.Sets;
import io.superneurons.jobs.select.scan.GatheredFiles;
import io.superneurons.jobs.select.scan.ScanPlan;
import io.superneurons.jobs.select.settings.ActivationFolders;
import io.superneurons.jobs.select.settings.SelectSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;

/**
 * Folders of activations of one size of images, with their labelled rows read and the scan of them
 * planned.
 *
 * @param settings that name the folders
 * @param folders what they hold
 * @param columns those whose neurons may be selected
 * @param table the labelled rows
 * @param tasks that Super Neurons are selected for
 * @param work the scan of the tasks
 */
public record OpenedFolders(
    SelectSettings settings,
    ActivationFolders folders,
    List<LayerSite> columns,
    RowTable table,
    List<OpenTask> tasks,
    ScanPlan work) {
  public OpenedFolders {
    Objects.requireNonNull(settings, "settings");
    Objects.requireNonNull(folders, "folders");
    columns = List.copyOf(columns);
    Objects.requireNonNull(table, "table");
    tasks = List.copyOf(tasks);
    Objects.requireNonNull(work, "work");
  }

  /**
   * Opens the folders that settings name, which all have one size of images.
   *
   * @param place a folder for what is needed only meanwhile; made if it is needed
   * @param told hears of the rows
   * @throws ConfigurationException for what cannot work
   */
  public static OpenedFolders open(
      SparkSession spark, SelectSettings settings, Sets sets, String place, RowsListener told) {
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    ActivationFolders folders = ActivationFolders.open(settings, context.hadoopConfiguration());
    List<LayerSite> columns = folders.columns(settings);
    RowTable table = table(spark, settings, sets, columns, told);
    List<OpenTask> tasks = OpenTask.all(settings, table, columns);
    ScanPlan work =
        new ScanPlan(
            new GatheredFiles(columns, folders.first(), place, settings.shardBytes())
                .of(context, table.files()),
            table.rows(),
            folders.first(),
            tasks.stream().map(OpenTask::placed).toList(),
            settings.picks().most());
    return new OpenedFolders(settings, folders, columns, table, tasks, work);
  }

  private static RowTable table(
      SparkSession spark,
      SelectSettings settings,
      Sets sets,
      List<LayerSite> columns,
      RowsListener told) {
    RowTable table = RowTable.of(blocks(spark, settings, sets, columns, told), sets);
    for (String task : settings.tasks()) {
      if (table.tasks().stream().noneMatch(labelled -> labelled.name().equals(task))) {
        throw new ConfigurationException(
            String.format(
                Locale.ROOT,
                "--tasks %s: no labelled row of that task in %s",
                task,
                settings.activations()));
      }
    }
    told.read(table);
    return table;
  }

  private static List<RowBlock> blocks(
      SparkSession spark,
      SelectSettings settings,
      Sets sets,
      List<LayerSite> columns,
      RowsListener told) {
    try (LabelledRowReader reader =
        new LabelledRowReader(
            spark,
            sets,
            settings.tasks(),
            columns,
            settings.dealing(),
            settings.labels(),
            settings.labelsFrom())) {
      reader.countAnswers(settings.activations());
      OwnRows own = reader.readOwn(settings.activations());
      if (own.dealt()) {
        told.dealt(settings.dealing().byImage());
      }
      List<RowBlock> rows = new ArrayList<>(own.blocks());
      settings
          .evaluations()
          .forEach(
              (name, all) ->
                  all.forEach(folder -> rows.addAll(reader.readEvaluation(folder, name))));
      reader.countLabels(settings.folders()).ifPresent(told::labels);
      return rows;
    }
  }

  /** Searches of these folders' rows. */
  public Searches searches(JavaSparkContext context) {
    return new Searches(context, settings, work, columns);
  }
}
