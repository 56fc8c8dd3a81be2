package dev.belfry.notifications;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.belfry.api.catalog.EntityRef;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArchitectureTest {

    private static final String ROOT = "dev.belfry.notifications";
    private static final DescribedPredicate<JavaClass> JAVA_AND_NULL_MARKS =
            resideInAnyPackage("java..", "org.jspecify.annotations");

    private static final JavaClasses PLUGIN = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(ROOT);

    /** A rule over classes that are not there is green and worthless. */
    @ParameterizedTest
    @ValueSource(strings = {"storage", "sending", "inbox", "catalog", "rest", "jooq"})
    void everyRoomHasClasses(String room) {
        assertThat(PLUGIN.that(resideInAPackage(ROOT + "." + room))).hasSizeGreaterThan(1);
    }

    @Test
    void thePortKnowsJavaAlone() {
        classes()
                .that()
                .resideInAPackage(ROOT + ".storage..")
                .should()
                .onlyDependOnClassesThat(JAVA_AND_NULL_MARKS.or(resideInAPackage(ROOT + ".storage..")))
                .check(PLUGIN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"sending", "inbox"})
    void useCasesKnowJavaThePortAndReferencesAlone(String useCase) {
        classes()
                .that()
                .resideInAPackage(ROOT + "." + useCase)
                .should()
                .onlyDependOnClassesThat(JAVA_AND_NULL_MARKS
                        .or(resideInAnyPackage(ROOT + ".storage", ROOT + "." + useCase))
                        .or(type(EntityRef.class)))
                .check(PLUGIN);
    }

    @Test
    void theDatabaseKnowsNoUseCaseAndTheRoutesKnowNoDatabase() {
        noClasses()
                .that()
                .resideInAPackage(ROOT + ".jooq..")
                .should()
                .dependOnClassesThat(
                        resideInAnyPackage(ROOT + ".sending", ROOT + ".inbox", ROOT + ".rest", ROOT + ".catalog"))
                .check(PLUGIN);
        noClasses()
                .that()
                .resideInAPackage(ROOT + ".rest")
                .should()
                .dependOnClassesThat(resideInAnyPackage(
                        ROOT + ".jooq..", "org.jooq..", "java.sql..", "javax.sql..", ROOT + ".catalog"))
                .check(PLUGIN);
    }

    @Test
    void onlyThePluginClassKnowsAllAndNobodyKnowsIt() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT)
                .should()
                .dependOnClassesThat(resideInAPackage(ROOT))
                .check(PLUGIN);
    }

    @Test
    void nobodyKnowsTheHostOrItsLibraries() {
        noClasses()
                .should()
                .dependOnClassesThat(resideInAnyPackage(
                        "dev.belfry.host..",
                        "dev.belfry.testkit..",
                        "org.flywaydb..",
                        "com.zaxxer..",
                        "org.pf4j..",
                        "com.fasterxml.jackson.databind.."))
                .check(PLUGIN);
    }

    @Test
    void packagesMakeNoCircle() {
        slices().matching(ROOT + ".(*)..").should().beFreeOfCycles().check(PLUGIN);
    }
}
