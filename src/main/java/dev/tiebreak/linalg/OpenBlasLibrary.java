package dev.tiebreak.linalg;

import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.SymbolLookup;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Finds OpenBLAS on the class path ({@code org.bytedeco:openblas} of this platform), unpacks it and
 * loads it, once a process and for its life.
 *
 * <p>The files go into a new directory that only the owner can enter, so that nobody else can have
 * planted one, and are removed as soon as they are loaded. (Windows keeps loaded files: there they
 * stay in the temporary directory.)
 */
final class OpenBlasLibrary {

  /** What each platform's library is made of; what depends on others comes after them. */
  private enum Platform {
    LINUX_X86_64("libgcc_s.so.1", "libquadmath.so.0", "libgfortran.so.5", "libopenblas.so.0"),
    LINUX_ARM64("libgcc_s.so.1", "libgfortran.so.5", "libopenblas.so.0"),
    MACOSX_X86_64(
        "libgcc_s.1.1.dylib", "libquadmath.0.dylib", "libgfortran.5.dylib", "libopenblas.0.dylib"),
    MACOSX_ARM64(
        "libgcc_s.1.1.dylib", "libquadmath.0.dylib", "libgfortran.5.dylib", "libopenblas.0.dylib"),
    WINDOWS_X86_64("libopenblas.dll");

    private final List<String> files;

    Platform(String... files) {
      this.files = List.of(files);
    }

    String directory() {
      String name = name().toLowerCase(Locale.ROOT);
      int split = name.indexOf('_');
      return "/org/bytedeco/openblas/" + name.substring(0, split) + "-" + name.substring(split + 1);
    }

    static @Nullable Platform current() {
      String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
      String processor = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
      boolean arm = processor.equals("aarch64");
      if (!arm && !processor.equals("amd64") && !processor.equals("x86_64")) {
        return null;
      }
      if (system.startsWith("linux")) {
        return arm ? LINUX_ARM64 : LINUX_X86_64;
      }
      if (system.startsWith("mac")) {
        return arm ? MACOSX_ARM64 : MACOSX_X86_64;
      }
      return system.startsWith("windows") && !arm ? WINDOWS_X86_64 : null;
    }
  }

  private static @Nullable OpenBlas loaded;

  private OpenBlasLibrary() {}

  /**
   * The library, loaded when first asked for.
   *
   * @throws UnavailableBackendException where there is none for this platform, or the system does
   *     not load it
   */
  static synchronized OpenBlas get() throws UnavailableBackendException {
    if (loaded == null) {
      loaded = load();
    }
    return loaded;
  }

  private static OpenBlas load() throws UnavailableBackendException {
    Platform platform = Platform.current();
    if (platform == null) {
      throw new UnavailableBackendException(
          "there is no OpenBLAS for "
              + System.getProperty("os.name")
              + " on "
              + System.getProperty("os.arch"));
    }
    Path directory = null;
    try {
      directory = Files.createTempDirectory("tiebreak-openblas-");
      for (String file : platform.files) {
        unpack(platform.directory() + "/" + file, directory.resolve(file));
      }
      for (String file : platform.files) {
        System.load(directory.resolve(file).toAbsolutePath().toString());
      }
      return new OpenBlas(SymbolLookup.loaderLookup());
    } catch (IOException e) {
      throw new UnavailableBackendException("OpenBLAS cannot be unpacked: " + e, e);
    } catch (UnsatisfiedLinkError e) {
      throw new UnavailableBackendException("OpenBLAS does not load: " + e.getMessage(), e);
    } finally {
      remove(directory, platform.files);
    }
  }

  private static void unpack(String resource, Path file)
      throws IOException, UnavailableBackendException {
    try (InputStream in = OpenBlasLibrary.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new UnavailableBackendException("this build does not carry " + resource);
      }
      Files.copy(in, file);
    }
  }

  private static void remove(@Nullable Path directory, List<String> files) {
    if (directory == null) {
      return;
    }
    try {
      for (String file : files) {
        Files.deleteIfExists(directory.resolve(file));
      }
      Files.deleteIfExists(directory);
    } catch (IOException e) {
      directory.toFile().deleteOnExit();
    }
  }
}
