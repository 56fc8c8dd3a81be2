package dev.belfry.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import org.junit.jupiter.api.Test;

class CliArchitectureTest {

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.belfry");

    private static List<JavaClass> in(String name) {
        return CLASSES.stream()
                .filter(type -> type.getPackageName().startsWith(name))
                .toList();
    }

    /** So that an application that embeds a host needs neither the commands nor picocli. */
    @Test
    void theHostUsesNeitherTheCommandLineNorItsLibrary() {
        assertThat(in("dev.belfry.host")).hasSizeGreaterThan(200);
        noClasses()
                .that()
                .resideInAPackage("dev.belfry.host..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("dev.belfry.cli..", "picocli..")
                .check(CLASSES);
    }

    @Test
    void theToolsUseNoCommand() {
        assertThat(in("dev.belfry.cli.authoring")).isNotEmpty();
        assertThat(in("dev.belfry.cli.training")).isNotEmpty();
        noClasses()
                .that()
                .resideInAnyPackage("dev.belfry.cli.authoring..", "dev.belfry.cli.training..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("dev.belfry.cli", "picocli..")
                .check(CLASSES);
    }

    @Test
    void theCommandLineNamesNoPlugin() {
        noClasses()
                .that()
                .resideInAPackage("dev.belfry.cli..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("dev.belfry.notifications..", "dev.belfry.plugins..")
                .check(CLASSES);
    }
}
