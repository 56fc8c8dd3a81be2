package dev.belfry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

class JsonOptionTest {

    @Command(name = "show")
    static final class Show implements Runnable {

        @Mixin
        private JsonOption output = new JsonOption();

        @Override
        public void run() {
            output.print(List.of(), List.of("a plugin\u001b[2J\nforged", "pg_dump postgres://u@h/x"));
        }
    }

    @Test
    void linesAreEscapedAndCommandsStayUnchanged() {
        StringWriter printed = new StringWriter();

        new CommandLine(new Show()).setOut(new PrintWriter(printed, true)).execute();

        assertThat(printed.toString().lines())
                .containsExactly("a plugin\\u001B[2J\\nforged", "pg_dump postgres://u@h/x");
    }
}
