package dev.belfry.host.operations;

import dev.belfry.host.html.Html;
import dev.belfry.host.http.HttpServer;
import dev.belfry.host.scheduling.JobHistory.JobState;
import dev.belfry.host.scheduling.JobHistory.LastRun;
import dev.belfry.host.tasks.DurableTasks.QueueState;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * One plugin on the console, in HTML.
 *
 * @param base the path below which browsers see the host; empty = the root
 * @param mayUpdate whether the caller may restart, disable and enable plugins
 */
record PluginCard(PluginDetails.Details details, String base, Instant now, boolean mayUpdate) {

    String html() {
        PluginSummary plugin = details.plugin();
        String id = Html.text(plugin.id());
        String state = plugin.state().toLowerCase(Locale.ROOT);
        return "<article class=\"plugin\" id=\"plugin-" + id + "\" data-part>"
                + "<h3>" + id + " <small>" + Html.text(plugin.version()) + "</small>"
                + " <span class=\"state " + state + "\">" + state + "</span></h3>"
                + paragraph("reason", plugin.reason() == null ? "" : plugin.reason())
                + Html.list(failingChecks())
                + facts(plugin)
                + pages(plugin)
                + buttons(plugin)
                + more(plugin)
                + "</article>";
    }

    private static String paragraph(String style, String text) {
        return text.isEmpty() ? "" : "<p class=\"" + style + "\">" + Html.text(text) + "</p>";
    }

    private List<String> failingChecks() {
        return details.health().entrySet().stream()
                .filter(check -> !check.getValue().equals("ok"))
                .map(check -> check.getKey() + ": " + check.getValue())
                .toList();
    }

    private String facts(PluginSummary plugin) {
        return "<dl>"
                + fact("Since", Age.html(plugin.since(), now))
                + fact("Requests", "%,d".formatted(details.requests().count()))
                + fact("Errors", "%,d".formatted(details.requests().errors()))
                + fact("From", Html.text(plugin.file() == null ? plugin.origin() : plugin.file()))
                + "</dl>";
    }

    private static String fact(String name, String html) {
        return "<div><dt>" + name + "<dd>" + html + "</div>";
    }

    private String pages(PluginSummary plugin) {
        String links = plugin.generation() == null
                ? ""
                : details.mounts().stream()
                        .filter(PluginCard::hasPage)
                        .map(mount -> link(mount.path() + "/", mount.path()))
                        .collect(Collectors.joining(" "));
        return links.isEmpty() ? "" : "<p>Pages: " + links + "</p>";
    }

    /** A mount may have only files. */
    private static boolean hasPage(HttpServer.DeclaredMount mount) {
        return mount.pages().stream().anyMatch(page -> page.path().equals(mount.path() + "/"));
    }

    private String link(String path, String text) {
        return "<a href=\"" + base + Html.text(path) + "\">" + Html.text(text) + "</a>";
    }

    private String buttons(PluginSummary plugin) {
        if (!mayUpdate || plugin.version().isEmpty()) {
            return "";
        }
        return "<div class=\"buttons\">"
                + (plugin.state().equals("DISABLED")
                        ? button("enable", "Enable", "")
                        : button("restart", "Restart", "")
                                + button(
                                        "disable",
                                        "Disable",
                                        "Disable " + plugin.id()
                                                + "? It stops, and stays disabled until somebody enables it."))
                + "</div>";
    }

    private String button(String operation, String label, String question) {
        String id = Html.text(details.plugin().id());
        return "<form method=\"post\" action=\"" + base + "/api/host/plugins/" + id + "/" + operation + "\""
                + (question.isEmpty() ? "" : " data-confirm=\"" + Html.text(question) + "\"")
                + "><button id=\"" + operation + "-" + id + "\" aria-label=\"" + label + " " + id + "\">" + label
                + "</button></form>";
    }

    private String more(PluginSummary plugin) {
        String id = Html.text(plugin.id());
        return "<details id=\"more-" + id + "\"><summary>More<span class=\"hidden\"> about " + id + "</span></summary>"
                + jobs()
                + queues()
                + versions()
                + "<p>" + link("/api/host/plugins/" + plugin.id(), "Routes, permissions and configuration as JSON")
                + "</p></details>";
    }

    private String jobs() {
        return table(
                "Jobs",
                "<th>Job<th>Every<th>Last run here<th>Took",
                details.jobs().stream().map(this::row).toList());
    }

    private String row(JobState job) {
        LastRun last = job.last();
        return "<td>" + Html.text(job.name()) + (job.onOneHost() ? " (on one host at a time)" : "")
                + "<td>" + Html.text(Age.of(job.interval()))
                + (last == null
                        ? "<td>none yet<td>"
                        : "<td>" + Age.html(last.ended(), now)
                                + paragraph("failed", last.failure() == null ? "" : "failed: " + last.failure())
                                + "<td>%,d ms".formatted(last.tookMs()));
    }

    private String queues() {
        Map<String, QueueState> queues = details.queues();
        if (queues == null) {
            return "<p class=\"failed\">Its database is unavailable, so its queues cannot be shown.</p>";
        }
        return table(
                "Queues",
                "<th>Queue<th>Waiting<th>Dead letters",
                queues.entrySet().stream()
                        .map(queue -> "<td>%s<td>%,d<td>%,d"
                                .formatted(
                                        Html.text(queue.getKey()),
                                        queue.getValue().depth(),
                                        queue.getValue().deadLetters()))
                        .toList());
    }

    private String versions() {
        return details.versions().size() == 1
                ? ""
                : table(
                        "Versions",
                        "<th>Version<th>State<th>From<th>Reason",
                        details.versions().stream()
                                .map(version -> "<td>" + Html.text(version.version())
                                        + "<td>" + version.state().toLowerCase(Locale.ROOT)
                                        + "<td>" + Html.text(version.file() == null ? version.origin() : version.file())
                                        + "<td>" + Html.text(version.reason() == null ? "" : version.reason()))
                                .toList());
    }

    private static String table(String title, String head, List<String> rows) {
        return rows.isEmpty()
                ? ""
                : "<div class=\"scroll\" tabindex=\"0\" role=\"group\" aria-label=\"" + title + "\"><table><caption>"
                        + title
                        + "</caption><thead><tr>" + head + "</tr></thead><tbody><tr>"
                        + String.join("<tr>", rows) + "</tbody></table></div>";
    }
}
