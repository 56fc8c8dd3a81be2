package dev.belfry.cli;

import dev.belfry.host.files.UnreadableJar;
import dev.belfry.host.lifecycle.Refusal;
import dev.belfry.host.trust.PluginTrust;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code belfry plugins entries}. */
@Command(
        name = "entries",
        mixinStandardHelpOptions = true,
        header = "Writes the list of JARs with their hashes for dynamicPlugins.file.",
        description = "Writes the file for dynamicPlugins.file that lists every JAR of a folder with its hash. Where"
                + " dynamicPlugins.trust is 'listed', the host accepts exactly these JARs.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:the list is written", "1:a JAR could not be read", "2:the command was called wrongly"},
        footer = "%nExample:%n  ./belfry plugins entries dynamic-plugins --output config/dynamic-plugins.yaml")
final class PluginEntriesCommand implements Callable<Integer> {

    @Parameters(paramLabel = "FOLDER", description = "The folder of the JARs.")
    private Path folder = Path.of("");

    @Option(names = "--output", paramLabel = "FILE", description = "The file to write. Default: the terminal.")
    private @Nullable Path output;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException, Refusal {
        StringBuilder text = new StringBuilder("""
                # The JARs that may run where dynamicPlugins.trust is 'listed', with the hash of their content.
                # Write it anew with ./belfry plugins entries dynamic-plugins --output config/dynamic-plugins.yaml
                plugins:
                """);
        Path given = WorkingDirectory.resolve(folder);
        if (!Files.exists(given)) {
            // An empty list would refuse every plugin.
            throw new NoSuchFileException(given.toString());
        }
        List<Path> jars = JarFolder.jarsIn(given);
        PrintWriter err = spec.commandLine().getErr();
        if (jars.isEmpty()) {
            err.println("WARN " + given + " has no JARs: with this list, the host accepts none");
        }
        for (Path jar : jars) {
            String integrity = integrityOf(jar);
            if (!JarContent.isPlugin(jar)) {
                err.println("WARN " + jar.getFileName() + " is no plugin: its manifest has no Plugin-Id");
            }
            text.append("  - package: ").append(jar.getFileName()).append('\n');
            text.append("    integrity: ").append(integrity).append('\n');
        }
        if (output == null) {
            spec.commandLine().getOut().print(text);
            spec.commandLine().getOut().flush();
        } else {
            Path written = WorkingDirectory.resolve(output);
            Files.writeString(written, text);
            spec.commandLine().getOut().println(jars.size() + " entries written to " + written);
        }
        return 0;
    }

    /** @throws Refusal when the host could not take the file whatever its entry says */
    private static String integrityOf(Path jar) throws IOException, Refusal {
        try {
            String integrity = PluginTrust.integrityOf(jar);
            JarContent.of(jar);
            return integrity;
        } catch (ZipException e) {
            throw new Refusal(jar + ": " + UnreadableJar.reason(jar, e) + ". Nothing was written", e);
        } catch (Refusal refusal) {
            throw new Refusal(jar + ": " + refusal.reason(), refusal);
        }
    }
}
