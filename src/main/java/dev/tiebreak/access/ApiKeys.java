package dev.tiebreak.access;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The API keys in the database. */
final class ApiKeys {

  private static final String COLUMNS =
      "number, key_id, name, roles, projects, created_at, created_by, expires_at, revoked_at, last_used_at";

  private final JdbcClient jdbc;

  ApiKeys(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Stores a new key of this id and secret. */
  ApiKey create(NewKey key, KeyToken token, @Nullable String createdBy) {
    return jdbc.sql(
            """
            insert into api_key (key_id, secret_sha256, name, roles, projects, created_by, expires_at)
            values (:id, :secret, :name, :roles, :projects, :by, :expires)
            returning
            """
                + COLUMNS)
        .param("id", token.id())
        .param("secret", token.secretSha256())
        .param("name", key.name())
        .param("roles", key.roles().stream().map(Role::name).sorted().toArray(String[]::new))
        .param("projects", array(key.projects()))
        .param("by", createdBy)
        .param("expires", offset(key.expiresAt()))
        .query(ApiKeys::key)
        .single();
  }

  /** Of these names those that no project has. */
  Set<String> withoutProject(Set<String> slugs) {
    Set<String> missing = new TreeSet<>(slugs);
    missing.removeAll(
        jdbc.sql("select slug from project where slug = any(:slugs)")
            .param("slugs", array(slugs))
            .query(String.class)
            .list());
    return missing;
  }

  /**
   * Keys, the newest first, from the one before a number on.
   *
   * @param within only those that cover none but these projects; null: all
   */
  List<ApiKey> list(long before, int most, @Nullable Set<String> within) {
    return jdbc.sql(
            "select "
                + COLUMNS
                + """
                 from api_key
                where number < :before and (:within::text[] is null or projects <@ :within::text[])
                order by number desc
                limit :most
                """)
        .param("before", before)
        .param("within", array(within))
        .param("most", most)
        .query(ApiKeys::key)
        .list();
  }

  /**
   * Revokes a key; one that is revoked stays as it is. Empty where there is none of this id.
   *
   * @param within only one that covers none but these projects; null: any
   */
  Optional<ApiKey> revoke(String id, @Nullable Set<String> within) {
    return jdbc.sql(
            """
            update api_key set revoked_at = coalesce(revoked_at, now())
            where key_id = :id and (:within::text[] is null or projects <@ :within::text[])
            returning
            """
                + COLUMNS)
        .param("id", id)
        .param("within", array(within))
        .query(ApiKeys::key)
        .optional();
  }

  /** A key that is neither revoked nor expired, and what is stored of its secret. */
  record Live(ApiKey key, byte[] secretSha256) {}

  /** The live key of this id. */
  Optional<Live> live(String id) {
    return jdbc.sql(
            "select secret_sha256, "
                + COLUMNS
                + """
                 from api_key
                where key_id = :id and revoked_at is null and (expires_at is null or expires_at > now())
                """)
        .param("id", id)
        .query((row, number) -> new Live(key(row, number), row.getBytes("secret_sha256")))
        .optional();
  }

  /** Notes that a key is in use, at most once a minute. */
  void used(String id) {
    jdbc.sql(
            """
            update api_key set last_used_at = now()
            where key_id = :id and (last_used_at is null or last_used_at < now() - interval '1 minute')
            """)
        .param("id", id)
        .update();
  }

  private static ApiKey key(ResultSet row, int number) throws SQLException {
    Set<String> roles = texts(row.getArray("roles"));
    return new ApiKey(
        row.getLong("number"),
        row.getString("key_id"),
        row.getString("name"),
        (roles == null ? Stream.<String>empty() : roles.stream())
            .map(Role::valueOf)
            .collect(Collectors.toCollection(TreeSet::new)),
        texts(row.getArray("projects")),
        row.getObject("created_at", OffsetDateTime.class).toInstant(),
        row.getString("created_by"),
        instant(row, "expires_at"),
        instant(row, "revoked_at"),
        instant(row, "last_used_at"));
  }

  private static @Nullable Set<String> texts(@Nullable Array array) throws SQLException {
    return array == null ? null : new TreeSet<>(List.of((String[]) array.getArray()));
  }

  private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    OffsetDateTime value = row.getObject(column, OffsetDateTime.class);
    return value == null ? null : value.toInstant();
  }

  private static String @Nullable [] array(@Nullable Set<String> texts) {
    return texts == null ? null : texts.stream().sorted().toArray(String[]::new);
  }

  private static @Nullable OffsetDateTime offset(@Nullable Instant instant) {
    return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
  }
}
