package io.superneurons.jobs.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelCacheTest {
  @TempDir private Path folder;
  private Path remote;
  private FileSystem files;

  @BeforeEach
  void makeACheckpoint() throws IOException {
    files = FileSystem.getLocal(new Configuration());
    remote = Files.createDirectories(folder.resolve("remote/model"));
    Files.writeString(remote.resolve("config.json"), "{}");
    Files.writeString(remote.resolve("model.safetensors"), "weights");
    Files.writeString(remote.resolve("pytorch_model.bin"), "not needed");
  }

  @Test
  void whatTheEngineReadsIsFetchedWithItsHash() throws IOException {
    ModelCache.Fetched fetched = fetch();
    assertEquals("model", fetched.folder().getFileName().toString());
    assertEquals(
        List.of("config.json", "model.safetensors"),
        fetched.files().stream().map(ModelFile::name).toList());
    assertEquals(
        "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a",
        fetched.files().get(0).sha256());
    assertEquals("weights", Files.readString(fetched.folder().resolve("model.safetensors")));
  }

  @Test
  void itIsFetchedOnce() throws IOException {
    Path first = fetch().folder().resolve("model.safetensors");
    FileTime written = Files.getLastModifiedTime(first);
    Object file = Files.getAttribute(first, "unix:ino");
    assertEquals(first.getParent(), fetch().folder());
    assertEquals(written, Files.getLastModifiedTime(first));
    assertEquals(file, Files.getAttribute(first, "unix:ino"));
  }

  @Test
  void damageIsFoundAndMended() throws IOException {
    Path file = fetch().folder().resolve("model.safetensors");
    Files.writeString(file, "weight");
    assertEquals("weights", Files.readString(fetch().folder().resolve("model.safetensors")));
    Files.writeString(file, "WEIGHTS");
    Files.setLastModifiedTime(file, FileTime.fromMillis(0));
    assertEquals("weights", Files.readString(fetch().folder().resolve("model.safetensors")));
  }

  @Test
  void damageIsFoundWhateverTimeTheFileHas() throws IOException {
    Path file = fetch().folder().resolve("model.safetensors");
    FileTime written = Files.getLastModifiedTime(file);
    Files.writeString(file, "WEIGHTS");
    Files.setLastModifiedTime(file, written);
    assertEquals("weights", Files.readString(fetch().folder().resolve("model.safetensors")));
  }

  @Test
  void onlyTheUserMayReadAndWriteIt() throws IOException {
    Path place = fetch().folder().getParent();
    assertEquals("rwx------", permissions(place));
    Files.setPosixFilePermissions(place, PosixFilePermissions.fromString("rwxrwxrwx"));
    IOException e = assertThrows(IOException.class, this::fetch);
    assertTrue(e.getMessage().contains("Others may write to model cache " + place), e.getMessage());
    Files.setPosixFilePermissions(place, PosixFilePermissions.fromString("rwxrwx---"));
    fetch(); // a volume of a cluster is its group's
  }

  @Test
  void inTheTemporaryFolderEachUserHasTheirOwn() throws IOException {
    String user = System.getProperty("user.name");
    Path own = folder.resolve("superneurons-models-" + user);
    ModelCache cache = ModelCache.inTemporary(folder);
    cache.fetch(files, remote.toUri().toString());
    assertEquals("rwx------", permissions(own));
    Files.setPosixFilePermissions(own, PosixFilePermissions.fromString("rwxrwx---"));
    assertThrows(IOException.class, () -> cache.fetch(files, remote.toUri().toString()));
    Path elsewhere = folder.resolve("elsewhere");
    Files.move(own, elsewhere);
    Files.setPosixFilePermissions(elsewhere, PosixFilePermissions.fromString("rwx------"));
    Files.createSymbolicLink(own, elsewhere);
    IOException e =
        assertThrows(
            IOException.class, () -> cache.fetch(files, remote.toUri().toString()), "a link");
    assertTrue(e.getMessage().contains("belongs to"), e.getMessage());
  }

  private static String permissions(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  @Test
  void anAttemptThatBrokeOffIsNoCheckpoint() throws IOException {
    Path checkpoint = fetch().folder();
    Files.delete(checkpoint.getParent().resolve("files.json"));
    Files.delete(checkpoint.resolve("config.json"));
    assertEquals("{}", Files.readString(fetch().folder().resolve("config.json")));
  }

  @Test
  void aChangedCheckpointIsAnotherOne() throws IOException {
    Path before = fetch().folder();
    Files.writeString(remote.resolve("model.safetensors"), "other weights");
    assertNotEquals(before, fetch().folder());
  }

  @Test
  void anExecutorRefusesWhatTheDriverDidNotFetch() throws IOException {
    List<ModelFile> driver = List.of(new ModelFile("model.safetensors", 7, "0".repeat(64)));
    ModelFolder model =
        new ModelFolder(remote.toUri().toString(), folder.resolve("cache").toString(), driver);
    IOException e = assertThrows(IOException.class, () -> model.onThisHost(new Configuration()));
    assertTrue(e.getMessage().contains("is not what the driver fetched"), e.getMessage());
  }

  @Test
  void aFolderOfPicklesIsRefused() throws IOException {
    Files.delete(remote.resolve("model.safetensors"));
    IOException e = assertThrows(IOException.class, this::fetch);
    assertTrue(e.getMessage().contains("holds no .safetensors file"), e.getMessage());
  }

  private ModelCache.Fetched fetch() throws IOException {
    return ModelCache.of(folder.resolve("cache").toString())
        .fetch(files, remote.toUri().toString());
  }
}
