package dev.belfry.cli;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.belfry.host.config.Config;
import dev.belfry.host.files.TempFolder;
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
            "Verifies a plugin's JAR as 'plugins verify' does, and puts it into the folder of dynamic plugins. A host that",
            "runs starts it. A JAR with the same file name is replaced."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:installed", "1:refused, and nothing has changed", "2:the command was called wrongly"},
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
                    "sha512-, sha384- or sha256- and the hash in base64, which the JAR must have. Required for a URL.")
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
     * @param mustBeListed whether hosts refuse it until its entry is in the list
     */
    record Installation(
            @JsonUnwrapped JarReport report,
            @JsonUnwrapped ClassReport classes,
            Optional<Path> installed,
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
            throw new Refusal(
                    file + ": the host takes files whose names end in .jar and do not begin with a dot, and no others");
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
        Optional<Path> installed = report.isGood() && classes.missing().isEmpty()
                ? Optional.of(place(jar, settings.rootDirectory()))
                : Optional.empty();
        return new Installation(report, classes, installed, mustBeListed);
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
        report.faults().forEach(fault -> lines.add("  " + fault));
        installation.classes().missing().forEach(line -> lines.add("  " + line));
        installation.classes().unchecked().forEach(line -> lines.add("  not checked: " + line));
        report.entry().ifPresent(entry -> lines.add("  entry: " + entry));
        if (installation.installed().isPresent() && installation.mustBeListed()) {
            lines.add("  dynamicPlugins.trust is 'listed': the host takes the JAR as soon as the entry is in"
                    + " dynamicPlugins.plugins");
        }
        return lines;
    }
}
