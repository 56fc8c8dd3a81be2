package dev.belfry.cli;

import dev.belfry.host.description.DescribedPermission;
import dev.belfry.host.description.DescribedPermissions;
import dev.belfry.host.description.PluginDescription;
import dev.belfry.host.lifecycle.Dependency;
import dev.belfry.host.lifecycle.Descriptor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code belfry plugins inspect}. */
@Command(
        name = "inspect",
        mixinStandardHelpOptions = true,
        description =
                "Shows the content of a plugin's JAR, and the problems that a host reports. Needs no running host.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:the JAR could be read", "1:the JAR could not be read", "2:the command was called wrongly"},
        footer = {"%nExample:%n  ./belfry plugins inspect dynamic-plugins/hello-0.1.0.jar"})
final class PluginInspectCommand implements Callable<Integer> {

    @Parameters(paramLabel = "JAR", description = "A plugin's JAR.")
    private Path jar = Path.of("");

    @Mixin
    private ConfigOption config = new ConfigOption();

    @Mixin
    private JsonOption output = new JsonOption();

    /**
     * The output of {@code --json}.
     *
     * @param content null = the file is no JAR
     */
    record Inspection(JarReport report, @Nullable JarContent content) {}

    @Override
    public Integer call() throws IOException {
        Path file = WorkingDirectory.resolve(jar);
        Inspection found = new Inspection(JarReport.of(file, config.load()), contentOf(file));
        output.print(found, lines(found));
        return found.content() == null ? 1 : 0;
    }

    private static @Nullable JarContent contentOf(Path file) throws IOException {
        try {
            return JarContent.of(file);
        } catch (ZipException e) {
            // The report says so.
            return null;
        }
    }

    private static List<String> lines(Inspection found) {
        List<String> lines = new ArrayList<>();
        found.report().plugin().ifPresent(plugin -> describe(plugin, lines));
        found.report().description().ifPresent(description -> describe(description, lines));
        JarContent content = found.content();
        if (content != null) {
            describe(content, lines);
            found.report().entry().ifPresent(entry -> lines.add("entry         " + entry));
        }
        lines.add(found.report().isGood() ? "a host would accept it" : "a host would refuse it:");
        found.report().faults().forEach(fault -> lines.add("  " + fault));
        return lines;
    }

    private static void describe(JarContent content, List<String> lines) {
        lines.add("size          " + content.bytes() + " bytes, " + content.classes() + " classes");
        lines.add("migrations    " + orNone(content.migrations()));
        lines.add("OpenAPI       " + orNone(content.documents()));
        lines.add("config schema " + (content.configSchema() ? "yes" : "no"));
        lines.add("signature     " + (content.signed() ? "yes" : "no"));
    }

    private static void describe(Descriptor plugin, List<String> lines) {
        lines.add("plugin        " + plugin.id() + " " + plugin.version());
        lines.add("description   " + plugin.description());
        lines.add("provider      " + (plugin.provider().isBlank() ? "none" : plugin.provider()));
        lines.add("plugin API    " + plugin.requires());
        lines.add("depends on    "
                + orNone(plugin.dependencies().stream()
                        .map(PluginInspectCommand::readable)
                        .toList()));
        lines.add("exports       " + orNone(plugin.exports()));
    }

    private static void describe(PluginDescription plugin, List<String> lines) {
        if (plugin.permissions().isEmpty()) {
            lines.add("permissions   known only when it runs: it has no " + DescribedPermissions.FILE);
            return;
        }
        List<DescribedPermission> permissions = plugin.permissions().get().list();
        if (permissions.isEmpty()) {
            lines.add("permissions   none");
        }
        permissions.forEach(permission -> lines.add("permission    " + permission.name() + ", " + permission.action()
                + ": " + permission.meaning()
                + (permission.suggestedRole() == null ? "" : " (suggested for " + permission.suggestedRole() + ")")));
    }

    private static String readable(Dependency dependency) {
        return dependency.id()
                + (dependency.optional() ? "?" : "")
                + (dependency.range().equals("*") ? "" : "@" + dependency.range());
    }

    private static String orNone(List<String> values) {
        return values.isEmpty() ? "none" : values.stream().collect(Collectors.joining(", "));
    }
}
