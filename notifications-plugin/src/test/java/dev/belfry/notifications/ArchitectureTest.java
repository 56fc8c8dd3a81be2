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
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import dev.belfry.api.catalog.EntityRef;
import java.util.Set;
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

    /** Without the classes that jOOQ generates: they depend on each other in cycles, and are named for tables. */
    private static final JavaClasses WRITTEN =
            PLUGIN.that(DescribedPredicate.not(resideInAPackage(ROOT + ".jooq.schema..")));

    /** Words that only this code used, and their successors: Flavour is SqlDialect, Tally is InboxCounts, and so on. */
    private static final Set<String> RETIRED_NAMES = Set.of(
            "Flavour",
            "Ways",
            "Way",
            "Known",
            "Window",
            "Tally",
            "Tallies",
            "ManyTallies",
            "CombinedTallies",
            "Counts",
            "Deltas",
            "Combiner",
            "Creates",
            "BoundSelect",
            "Template",
            "Templates",
            "GivenRows",
            "Lists",
            "Marks",
            "Rows",
            "Positions",
            "Place",
            "Claims",
            "Claim",
            "Outages",
            "Pace",
            "Mailing",
            "Delivery",
            "Excerpt",
            "Expiry",
            "Taken",
            "Glance",
            "Waiting",
            "WaitingRoom",
            "Waiter",
            "Changes",
            "Slices",
            "Sending",
            "Submission",
            "Directory",
            "TextRule",
            "KeyRefused",
            "KeptPages",
            "KeptPage",
            "Revalidated",
            "Readers",
            "Preferences",
            "Instants",
            "Question",
            "Shape");

    /** A file is a top-level class with its nested ones. */
    private static final SliceAssignment FILES = new SliceAssignment() {
        @Override
        public SliceIdentifier getIdentifierOf(JavaClass javaClass) {
            String name = javaClass.getName();
            int nested = name.indexOf('$');
            return SliceIdentifier.of(nested < 0 ? name : name.substring(0, nested));
        }

        @Override
        public String getDescription() {
            return "files";
        }
    };

    /** A rule over an empty set of classes always passes. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "storage",
                "archive",
                "event",
                "sending",
                "inbox",
                "stream",
                "catalog",
                "notifier",
                "inprocess",
                "rest",
                "batch",
                "hash",
                "jooq",
                "jooq.audience",
                "jooq.change",
                "jooq.counts",
                "jooq.insert",
                "jooq.query",
                "jooq.row",
                "jooq.search",
                "jooq.statement",
                "jooq.transaction"
            })
    void everyPackageHasClasses(String name) {
        assertThat(PLUGIN.that(resideInAPackage(ROOT + "." + name))).hasSizeGreaterThan(1);
    }

    @Test
    void packagesBelowTheStorageAdapterAreUsedOnlyByIt() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + ".jooq..")
                .should()
                .dependOnClassesThat(resideInAPackage(ROOT + ".jooq.*.."))
                .check(PLUGIN);
    }

    @Test
    void theBatchPackageDependsOnJavaOnlyAndNotOnSql() {
        classes()
                .that()
                .resideInAPackage(ROOT + ".batch")
                .should()
                .onlyDependOnClassesThat(JAVA_AND_NULL_MARKS.or(resideInAPackage(ROOT + ".batch")))
                .andShould()
                .onlyDependOnClassesThat(DescribedPredicate.not(resideInAPackage("java.sql..")))
                .check(PLUGIN);
    }

    @Test
    void retiredNamesDoNotComeBack() {
        assertThat(WRITTEN.stream().map(JavaClass::getSimpleName))
                .hasSizeGreaterThan(100)
                .doesNotContainAnyElementsOf(RETIRED_NAMES);
    }

    @Test
    void thePortDependsOnJavaAndReferencesOnly() {
        classes()
                .that()
                .resideInAPackage(ROOT + ".storage..")
                .should()
                .onlyDependOnClassesThat(JAVA_AND_NULL_MARKS
                        .or(resideInAPackage(ROOT + ".storage.."))
                        .or(type(EntityRef.class)))
                .check(PLUGIN);
    }

    /** A changed use case must not change the contract of other plugins. */
    @Test
    void theExportedNotifierDependsOnJavaAndReferencesOnly() {
        classes()
                .that()
                .resideInAPackage(ROOT + ".notifier")
                .should()
                .onlyDependOnClassesThat(JAVA_AND_NULL_MARKS
                        .or(resideInAPackage(ROOT + ".notifier"))
                        .or(type(EntityRef.class)))
                .check(PLUGIN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"sending", "inbox", "archive"})
    void useCasesDependOnJavaThePortAndReferencesOnly(String useCase) {
        classes()
                .that()
                .resideInAPackage(ROOT + "." + useCase)
                .should()
                .onlyDependOnClassesThat(JAVA_AND_NULL_MARKS
                        .or(resideInAnyPackage(ROOT + ".storage", ROOT + ".event", ROOT + "." + useCase))
                        .or(type(EntityRef.class)))
                .check(PLUGIN);
    }

    @Test
    void streamsDependOnJavaThePortReferencesAndInboxes() {
        classes()
                .that()
                .resideInAPackage(ROOT + ".stream")
                .should()
                .onlyDependOnClassesThat(JAVA_AND_NULL_MARKS
                        .or(resideInAnyPackage(ROOT + ".storage", ROOT + ".event", ROOT + ".inbox", ROOT + ".stream"))
                        .or(type(EntityRef.class)))
                .check(PLUGIN);
    }

    @Test
    void theDatabaseDependsOnNoUseCaseAndTheRoutesOnNoDatabase() {
        noClasses()
                .that()
                .resideInAPackage(ROOT + ".jooq..")
                .should()
                .dependOnClassesThat(resideInAnyPackage(
                        ROOT + ".sending",
                        ROOT + ".inbox",
                        ROOT + ".archive",
                        ROOT + ".stream",
                        ROOT + ".rest",
                        ROOT + ".catalog"))
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
    void nothingDependsOnThePluginClass() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT)
                .should()
                .dependOnClassesThat(resideInAPackage(ROOT))
                .check(PLUGIN);
    }

    @Test
    void nothingDependsOnTheHostOrItsLibraries() {
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
    void packagesHaveNoCycles() {
        slices().matching(ROOT + ".(**)").should().beFreeOfCycles().check(WRITTEN);
    }

    @Test
    void filesHaveNoCycles() {
        slices().assignedFrom(FILES).should().beFreeOfCycles().check(WRITTEN);
    }
}
