package dev.belfry.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CliArchitectureTest {

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.belfry.cli");

    @ParameterizedTest
    @ValueSource(strings = {"authoring", "demo", "training"})
    void theToolsUseNoCommand(String tool) {
        String tools = "dev.belfry.cli." + tool;
        assertThat(CLASSES.containPackage(tools)).isTrue();
        noClasses()
                .that()
                .resideInAPackage(tools + "..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("dev.belfry.cli", "picocli..")
                .check(CLASSES);
    }
}
