package dev.tiebreak.replay;

import dev.tiebreak.paging.Page;
import dev.tiebreak.paging.PageRequest;
import dev.tiebreak.project.Projects;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The results of a replay so far: each table as JSON by pages, and as CSV whole. */
@RestController
@RequestMapping({
  "/projects/{project}/replays/{number}/curves",
  "/projects/{project}/replays/{number}/points",
  "/projects/{project}/replays/{number}/differences",
  "/projects/{project}/replays/{number}/ratios",
  "/projects/{project}/replays/{number}/diversity",
  "/projects/{project}/replays/{number}/costs",
  "/projects/{project}/replays/{number}/ablations"
})
class ReplayResultController {

  private static final String CSV = "text/csv";
  private static final String CSV_UTF_8 = "text/csv;charset=UTF-8";

  private final Projects projects;
  private final ReplayResults replayResults;

  ReplayResultController(Projects projects, ReplayResults replayResults) {
    this.projects = projects;
    this.replayResults = replayResults;
  }

  /** Pages of one reading are of the same cells, whatever is done meanwhile. */
  @GetMapping(produces = MediaType.APPLICATION_JSON_VALUE)
  ResponseEntity<Page<? extends Record>> page(
      @PathVariable String project,
      @PathVariable long number,
      TableQuery query,
      PageRequest page,
      HttpServletRequest request) {
    Results now = replayResults.of(projects.require(project), number);
    int cells = Table.cells(page, now.done());
    return ResponseEntity.ok()
        .header(HttpHeaders.VARY, HttpHeaders.ACCEPT)
        .contentType(MediaType.APPLICATION_JSON)
        .body(
            replayResults.inTurn(() -> table(request, now.first(cells), query).page(page, cells)));
  }

  @GetMapping(produces = CSV)
  void csv(
      @PathVariable String project,
      @PathVariable long number,
      TableQuery query,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    Results results = replayResults.of(projects.require(project), number);
    write(replayResults.inTurn(() -> table(request, results, query)), response);
  }

  private static Table<?> table(HttpServletRequest request, Results results, TableQuery query) {
    String path = request.getRequestURI();
    return TableName.of(path.substring(path.lastIndexOf('/') + 1)).of(results, query);
  }

  /** A slow reader keeps nobody waiting: what takes computing is computed before. */
  private <R extends Record> void write(Table<R> table, HttpServletResponse response)
      throws IOException {
    Stream<R> rows =
        table.isDear() ? replayResults.inTurn(() -> table.all().toList()).stream() : table.all();
    response.setContentType(CSV_UTF_8);
    response.setHeader(HttpHeaders.VARY, HttpHeaders.ACCEPT);
    Writer out =
        new BufferedWriter(
            new OutputStreamWriter(response.getOutputStream(), StandardCharsets.UTF_8));
    Csv.write(table.type(), rows, out);
    out.flush();
  }
}
