package dev.tiebreak.database;

import com.sun.security.auth.module.UnixSystem;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The account that PostgreSQL runs under. It refuses to run as root, so a service of root starts it
 * as the data's owner where that is somebody else; otherwise in a user namespace, in which root is
 * nobody in particular; or, where namespaces are denied (most containers), as {@code nobody}.
 *
 * @param prefix what to put before a command
 * @param owner who must own the server's files; null: leave them alone
 */
record ServerAccount(List<String> prefix, @Nullable Owner owner) {

  /** A user and a group, by their numbers. */
  record Owner(int user, int group) {

    static Owner of(Path path) throws IOException {
      return new Owner(
          (int) Files.getAttribute(path, "unix:uid", LinkOption.NOFOLLOW_LINKS),
          (int) Files.getAttribute(path, "unix:gid", LinkOption.NOFOLLOW_LINKS));
    }

    boolean isRoot() {
      return user == 0;
    }
  }

  private static final Owner ROOT = new Owner(0, 0);
  private static final Owner NOBODY = new Owner(65_534, 65_534);
  private static final Duration PROBE = Duration.ofSeconds(10);

  /** The account for this process and directory. */
  static ServerAccount choose(DataDirectory directory) throws IOException {
    if (!isRoot()) {
      return new ServerAccount(List.of(), null);
    }
    Owner owner = Files.exists(directory.cluster()) ? Owner.of(directory.cluster()) : ROOT;
    if (owner.isRoot() && runs(List.of("unshare", "-U", "true"))) {
      return new ServerAccount(List.of("unshare", "-U"), ROOT);
    }
    ServerAccount account = as(owner.isRoot() ? NOBODY : owner);
    account.requireEntry(directory.path());
    return account;
  }

  /** Runs as {@code owner}, who is not root. */
  static ServerAccount as(Owner owner) {
    return new ServerAccount(
        List.of("setpriv", "--reuid=" + owner.user(), "--regid=" + owner.group(), "--clear-groups"),
        owner);
  }

  /** The command as this account. */
  List<String> command(List<String> command) {
    return Stream.concat(prefix.stream(), command.stream()).toList();
  }

  /** Gives the file or directory, with all that is in it, to this account. */
  void own(Path path) throws IOException {
    if (owner != null && Owner.of(path).user() != owner.user()) {
      Files.walkFileTree(path, new Owning(owner));
    }
  }

  private void requireEntry(Path directory) {
    for (int depth = 1; depth <= directory.getNameCount(); depth++) {
      Path entered = directory.getRoot().resolve(directory.subpath(0, depth));
      if (!runs(command(List.of("test", "-x", entered.toString())))) {
        throw new DatabaseFailure(
            "PostgreSQL does not run as root, and this machine lets root make no user namespace,"
                + " so it would run as user number "
                + (owner == null ? "?" : owner.user())
                + "; but that user can't enter "
                + entered
                + ".",
            "Name a directory that every user can reach by TIEBREAK_DATA_DIRECTORY (for example"
                + " /var/lib/tiebreak), start the service as an ordinary user, or use another"
                + " PostgreSQL by TIEBREAK_DATABASE_URL.");
      }
    }
  }

  private static boolean isRoot() {
    return !Command.onWindows() && new UnixSystem().getUid() == ROOT.user();
  }

  private static boolean runs(List<String> command) {
    try {
      return Command.run(command, Path.of("/"), PROBE).succeeded();
    } catch (IOException exception) {
      return false;
    }
  }

  private static final class Owning extends SimpleFileVisitor<Path> {

    private final Owner owner;

    private Owning(Owner owner) {
      this.owner = owner;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes)
        throws IOException {
      return own(directory);
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      return own(file);
    }

    private FileVisitResult own(Path path) throws IOException {
      Files.setAttribute(path, "unix:uid", owner.user(), LinkOption.NOFOLLOW_LINKS);
      Files.setAttribute(path, "unix:gid", owner.group(), LinkOption.NOFOLLOW_LINKS);
      return FileVisitResult.CONTINUE;
    }
  }
}
