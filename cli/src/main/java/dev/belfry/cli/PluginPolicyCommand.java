package dev.belfry.cli;

import dev.belfry.host.description.DescribedPermission;
import dev.belfry.host.description.DescribedPermissions;
import dev.belfry.host.lifecycle.Descriptor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code belfry plugins policy}. */
@Command(
        name = "policy",
        mixinStandardHelpOptions = true,
        header = "Prints the permission policy that plugins suggest.",
        description =
                "Prints the lines of a permission policy that the authors of these plugins suggest. Read them, and append them to"
                        + " the file of permission.rbac.policies-csv-file; a running host reads it again. The command itself grants nothing.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:the policy is printed", "1:a JAR is not a valid plugin", "2:the command was called wrongly"},
        footer = "%nExample:%n  ./belfry plugins policy bell.jar >> config/rbac-policy.csv")
final class PluginPolicyCommand implements Callable<Integer> {

    @Parameters(paramLabel = "JAR", arity = "1..*", description = "JARs of plugins.")
    private List<Path> jars = List.of();

    @Mixin
    private ConfigOption config = new ConfigOption();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        List<String> lines = new ArrayList<>();
        List<String> faults = new ArrayList<>();
        for (Path jar : jars) {
            JarReport report = JarReport.of(WorkingDirectory.resolve(jar), config.load());
            if (report.plugin().isPresent() && report.description().isPresent()) {
                lines.addAll(suggested(
                        report.plugin().get(), report.description().get().permissions()));
            } else {
                report.faults().forEach(fault -> faults.add(report.file() + ": " + fault));
            }
        }
        // All or nothing: the output is appended to a policy that is in force.
        if (faults.isEmpty()) {
            lines.forEach(spec.commandLine().getOut()::println);
            spec.commandLine().getOut().flush();
            return 0;
        }
        faults.forEach(spec.commandLine().getErr()::println);
        spec.commandLine().getErr().flush();
        return 1;
    }

    private static List<String> suggested(Descriptor plugin, Optional<DescribedPermissions> permissions) {
        List<String> lines = new ArrayList<>();
        lines.add("# " + plugin.id() + " " + plugin.version());
        List<DescribedPermission> all =
                permissions.map(DescribedPermissions::list).orElse(List.of());
        all.forEach(each -> lines.add(each.policyLine()
                .orElse("# no suggestion: " + each.name() + ", " + each.action() + " # " + each.meaning())));
        if (permissions.isEmpty()) {
            lines.add("# its permissions are known only when it runs: it has no " + DescribedPermissions.FILE);
        } else if (all.isEmpty()) {
            lines.add("# no permissions");
        }
        return lines;
    }
}
