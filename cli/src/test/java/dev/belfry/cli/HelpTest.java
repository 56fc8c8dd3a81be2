package dev.belfry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

class HelpTest {

    private static Stream<CommandLine> commands() {
        return below(BelfryCommand.commandLine());
    }

    private static Stream<CommandLine> below(CommandLine command) {
        return command.getSubcommands().values().stream().flatMap(each -> Stream.concat(Stream.of(each), below(each)));
    }

    /** The list of commands shows the first line of the header, or else of the description. */
    @ParameterizedTest
    @MethodSource("commands")
    void theLineOfACommandInAListIsAWholeSentence(CommandLine command) {
        String[] header = command.getCommandSpec().usageMessage().header();
        String[] description = command.getCommandSpec().usageMessage().description();

        assertThat(header.length > 0 ? header[0] : description[0]).endsWith(".");
    }

    /** The terminal decides where the lines of a paragraph end. */
    @ParameterizedTest
    @MethodSource("commands")
    void aDescriptionHasWholeParagraphs(CommandLine command) {
        assertThat(command.getCommandSpec().usageMessage().description())
                .filteredOn(_ -> command.getCommand().getClass().getName().startsWith("dev.belfry"))
                .allSatisfy(paragraph -> assertThat(paragraph).endsWith("."));
    }
}
