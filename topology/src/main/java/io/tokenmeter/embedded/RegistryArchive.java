package io.tokenmeter.embedded;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.CodeSource;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;

/**
 * The registry as the build downloads it: a {@code tar.gz} beside the application's jar, unpacked
 * once into a directory beside itself.
 */
final class RegistryArchive {
  /** Names the directory that holds the archive, where it isn't {@code registry} beside the jar. */
  static final String PROPERTY = "tokenmeter.registry.dir";

  private static final String SUFFIX = ".tar.gz";
  private static final String RUNNER_SUFFIX = "-runner.jar";

  private RegistryArchive() {}

  /**
   * The jar to run, its libraries beside it.
   *
   * @throws EmbeddedFailure when there is no archive, or it can't be unpacked
   */
  static Path runner() {
    Path directory = directory();
    Path archive =
        only(directory, SUFFIX)
            .orElseThrow(
                () ->
                    new EmbeddedFailure(
                        "There is no schema registry (*"
                            + SUFFIX
                            + ") in "
                            + directory
                            + ". Build with mvn package, which downloads it, or set -D"
                            + PROPERTY
                            + "=DIR, or use a registry of your own with schema.registry.url."));
    String name = archive.getFileName().toString();
    Path home = directory.resolve(name.substring(0, name.length() - SUFFIX.length()));
    try {
      if (!Files.isDirectory(home)) {
        unpack(archive, home);
      }
    } catch (IOException e) {
      throw new EmbeddedFailure("Can't unpack " + archive + " into " + home + ": " + e, e);
    }
    return only(home, RUNNER_SUFFIX)
        .orElseThrow(
            () ->
                new EmbeddedFailure(
                    home
                        + " holds no *"
                        + RUNNER_SUFFIX
                        + ". Delete it to have it unpacked anew."));
  }

  private static Path directory() {
    String set = System.getProperty(PROPERTY);
    if (set != null) {
      return Path.of(set).toAbsolutePath();
    }
    CodeSource source = RegistryArchive.class.getProtectionDomain().getCodeSource();
    try {
      Path code = Path.of(source.getLocation().toURI()).toAbsolutePath();
      Path beside = code.resolveSibling("registry");
      boolean library = code.getParent().endsWith("lib");
      return library ? code.getParent().resolveSibling("registry") : beside;
    } catch (URISyntaxException e) {
      throw new EmbeddedFailure("Can't tell where the application's jar is. Set " + PROPERTY, e);
    }
  }

  private static Optional<Path> only(Path directory, String suffix) {
    if (!Files.isDirectory(directory)) {
      return Optional.empty();
    }
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .filter(file -> file.getFileName().toString().endsWith(suffix))
          .max(Comparator.comparing(Path::toString));
    } catch (IOException e) {
      throw new EmbeddedFailure("Can't list " + directory, e);
    }
  }

  /** Into a directory of its own, moved into place when whole; whoever is first wins. */
  private static void unpack(Path archive, Path home) throws IOException {
    Path parent = home.toAbsolutePath().getParent();
    Path temporary = Files.createTempDirectory(parent, "unpacking-");
    try {
      extract(archive, temporary);
      Files.move(temporary, home, StandardCopyOption.ATOMIC_MOVE);
    } catch (DirectoryNotEmptyException
        | FileAlreadyExistsException
        | AtomicMoveNotSupportedException e) {
      settle(home, e);
    } finally {
      delete(temporary);
    }
  }

  /** Another process has unpacked meanwhile, which is as good; anything else is a failure. */
  private static void settle(Path home, FileSystemException failure) throws IOException {
    if (!Files.isDirectory(home)) {
      throw failure;
    }
  }

  private static void extract(Path archive, Path target) throws IOException {
    try (InputStream file = new BufferedInputStream(Files.newInputStream(archive));
        TarArchiveInputStream tar =
            new TarArchiveInputStream(new GzipCompressorInputStream(file))) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        Path path = target.resolve(entry.getName()).normalize();
        if (!path.startsWith(target)) {
          throw new IOException(entry.getName() + " would lie outside of the directory");
        }
        if (entry.isDirectory()) {
          Files.createDirectories(path);
        } else if (entry.isFile()) {
          Files.createDirectories(path.getParent());
          Files.copy(tar, path);
        }
      }
    }
  }

  private static void delete(Path directory) throws IOException {
    if (!Files.exists(directory)) {
      return;
    }
    List<Path> paths;
    try (Stream<Path> walk = Files.walk(directory)) {
      paths = walk.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : paths) {
      Files.deleteIfExists(path);
    }
  }
}
