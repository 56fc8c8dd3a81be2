package dev.belfry.host.operations;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CompressedFilesTest {

    @Test
    void aFileIsReadAndCompressedOnce() throws Exception {
        List<String> opened = new ArrayList<>();
        CompressedFiles files = new CompressedFiles(name -> {
            opened.add(name);
            return new ByteArrayInputStream(new byte[100]);
        });

        CompressedFile first = files.file("a.js", "text/javascript");

        assertThat(files.file("a.js", "text/javascript")).isSameAs(first);
        assertThat(files.file("b.js", "text/javascript")).isNotSameAs(first);
        assertThat(opened).containsExactly("a.js", "b.js");
    }
}
