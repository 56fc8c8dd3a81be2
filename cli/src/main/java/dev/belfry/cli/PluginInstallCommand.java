package dev.belfry.cli;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.belfry.host.config.Config;
import dev.belfry.host.files.TempFolder;
import dev.belfry.host.lifecycle.Descriptor;
import dev.belfry.host.lifecycle.Refusal;
import dev.belfry.host.pf4j.PluginDiscovery;
import dev.belfry.host.settings.DynamicPluginSettings;
import dev.belfry.host.settings.DynamicPluginSettings.Listed;
import dev.belfry.host.settings.DynamicPluginSettings.TrustPolicy;
import dev.belfry.host.settings.HostSettings;
import dev.belfry.host.trust.PluginTrust;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code belfry plugins install}. */
@Command(
        name = "install",
        mixinStandardHelpOptions = true,
        header = "Verifies a plugin's JAR and puts it into the folder of dynamic plugins.",
        description = {
            "Verifies a plugin's JAR as 'plugins verify' does, and puts it into the folder of dynamic plugins. A running host"
                    + " starts it.",
            "A JAR with the same file name is replaced, and so are JARs of the same plugin with other names, if their version is"
                    + " not higher."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:the plugin is installed",
            "1:the JAR is refused, and nothing has changed",
            "2:the command was called wrongly"
        },
        footer = {
            "%nExamples:%n  ./belfry plugins install bell-1.2.0.jar",
            "  ./belfry plugins install https://plugins.example/bell-1.2.0.jar --integrity sha512-...",
            "%nThe entry that it prints is for dynamicPlugins.plugins, where dynamicPlugins.trust is 'listed'."
        })
final class PluginInstallCommand implements Callable<Integer> {

    @Parameters(paramLabel = "FILE|URL", description = "A plugin's JAR, or its https URL.")
    private String source = "";

    @Option(
            names = "--integrity",
            paramLabel = "HASH",
            description =
                    "The hash that the JAR must have: sha512-, sha384- or sha256-, and the hash in base64. Required for a URL.")
    private @Nullable String integrity;

    @Mixin
    private ConfigOption config = new ConfigOption();

    @Mixin
    private JsonOption output = new JsonOption();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    /**
     * The output.
     *
     * @param installed the file in the folder of dynamic plugins; empty if the JAR is refused
     * @param removed other files of the same plugin that were in the folder
     * @param mustBeListed whether hosts refuse it until its entry is in the list
     */
    record Installation(
            @JsonUnwrapped JarReport report,
            @JsonUnwrapped ClassReport classes,
            Optional<Path> installed,
            List<Path> removed,
            boolean mustBeListed) {}

    @Override
    public Integer call() throws IOException, Refusal {
        if (integrity != null && !Listed.isIntegrity(integrity)) {
            throw new ParameterException(
                    spec.commandLine(), "--integrity must be sha512-, sha384- or sha256- and a hash in base64");
        }
        HostSettings settings = HostSettings.from(config.load());
        try (TempFolder folder = TempFolder.create("belfry")) {
            Installation installation = install(fetch(settings, folder.path()), settings.dynamicPlugins());
            output.print(installation, lines(installation));
            return installation.installed().isPresent() ? 0 : 1;
        }
    }

    /** A copy that nobody else can change between its check and its installation. */
    private Path fetch(HostSettings settings, Path folder) throws IOException, Refusal {
        if (PluginDownload.isUrl(source)) {
            if (integrity == null) {
                throw new ParameterException(
                        spec.commandLine(),
                        "--integrity is required for a URL: the hash that the publisher of the plugin names");
            }
            return PluginDownload.to(folder, source, settings);
        }
        Path file = WorkingDirectory.resolve(Path.of(source));
        return Files.copy(file, folder.resolve(named(file)));
    }

    private Path named(Path file) throws Refusal {
        if (!PluginDiscovery.isPlugin(file)) {
            throw new Refusal(file
                    + ": the host accepts files whose names end in .jar and do not begin with a dot, and no others");
        }
        return file.getFileName();
    }

    private Installation install(Path jar, DynamicPluginSettings settings) throws IOException, Refusal {
        if (integrity != null) {
            PluginTrust.requireIntegrity(jar, integrity, "--integrity");
        }
        boolean isListed =
                settings.plugins().stream().anyMatch(entry -> entry.name().equals(String.valueOf(jar.getFileName())));
        boolean mustBeListed = settings.trust() == TrustPolicy.LISTED && !isListed;
        // An entry and its JAR can come in any order; all other checks hold.
        Config checked = mustBeListed ? config.load(Map.of("dynamicPlugins.trust", "any")) : config.load();
        JarReport report = JarReport.of(jar, checked);
        ClassReport classes = ClassReport.of(jar, checked);
        if (!report.isGood() || !classes.missing().isEmpty()) {
            return new Installation(withoutEntry(report), classes, Optional.empty(), List.of(), mustBeListed);
        }
        List<Path> others = others(jar, report.plugin().orElseThrow(), settings.rootDirectory(), checked);
        Path installed = place(jar, settings.rootDirectory());
        for (Path other : others) {
            Files.delete(other);
        }
        return new Installation(report, classes, Optional.of(installed), others, mustBeListed);
    }

    /** The entry is of use for a JAR that a host accepts. */
    private static JarReport withoutEntry(JarReport report) {
        return new JarReport(
                report.file(),
                report.plugin(),
                report.isDisabled(),
                report.faults(),
                Optional.empty(),
                report.description());
    }

    /**
     * JARs of the same plugin with other names, of which a host would run one.
     *
     * @throws Refusal if one has a higher version, which a host would run in place of the new one
     */
    private static List<Path> others(Path jar, Descriptor plugin, Path folder, Config config)
            throws IOException, Refusal {
        List<Path> others = new ArrayList<>();
        if (!Files.isDirectory(folder)) {
            return others;
        }
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(PluginDiscovery::isPlugin).sorted().toList()) {
                Optional<Descriptor> other = file.getFileName().equals(jar.getFileName())
                        ? Optional.empty()
                        : JarReport.of(file, config)
                                .plugin()
                                .filter(found -> found.id().equals(plugin.id()));
                if (other.isPresent()) {
                    requireNotHigher(file, other.get(), plugin);
                    others.add(file);
                }
            }
        }
        return others;
    }

    private static void requireNotHigher(Path file, Descriptor other, Descriptor plugin) throws Refusal {
        if (PluginDiscovery.versions().compare(other.version(), plugin.version()) > 0) {
            throw new Refusal("not installed: " + file + " is version " + other.version() + " of '" + plugin.id()
                    + "', and hosts run the highest version. To go back to version " + plugin.version()
                    + ", remove that file, and install again");
        }
    }

    /** A host that watches the folder sees no part of a file. */
    private static Path place(Path jar, Path folder) throws IOException {
        Files.createDirectories(folder);
        Path part = folder.resolve("." + jar.getFileName() + ".part");
        try {
            Files.copy(jar, part, StandardCopyOption.REPLACE_EXISTING);
            return Files.move(
                    part,
                    folder.resolve(jar.getFileName()),
                    StandardCopyOption.REPLACE_EXISTING,
                    StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private static List<String> lines(Installation installation) {
        List<String> lines = new ArrayList<>();
        JarReport report = installation.report();
        lines.add(report.file()
                + installation.installed().map(file -> ": installed as " + file).orElse(": not installed:"));
        installation.removed().forEach(file -> lines.add("  in place of " + file + ", which is removed"));
        report.faults().forEach(fault -> lines.add("  " + fault));
        installation.classes().missing().forEach(line -> lines.add("  " + line));
        installation.classes().unchecked().forEach(line -> lines.add("  not checked: " + line));
        report.entry().ifPresent(entry -> lines.add("  entry: " + entry));
        if (installation.installed().isPresent() && installation.mustBeListed()) {
            lines.add("  dynamicPlugins.trust is 'listed': the host accepts the JAR as soon as the entry is in"
                    + " dynamicPlugins.plugins");
        }
        return lines;
    }
}
