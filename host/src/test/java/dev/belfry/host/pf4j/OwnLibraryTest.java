package dev.belfry.host.pf4j;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.benmanes.caffeine.cache.Caffeine;
import dev.belfry.api.Plugin;
import dev.belfry.api.PluginContext;
import dev.belfry.api.access.Access;
import dev.belfry.host.PluginJar;
import dev.belfry.host.RunningHost;
import java.lang.classfile.ClassFile;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Plugins pack other versions of libraries that the host has, and each uses its own. */
class OwnLibraryTest {

    private static final String LIBRARY = Caffeine.class.getName();

    /** Reports the version of the library. */
    public static final class CachePlugin implements Plugin {
        @Override
        public void start(PluginContext context) {
            context.routes(routes -> routes.get(
                    "/library",
                    Access.PUBLIC,
                    (request, caller) -> request.result((String)
                            Class.forName(LIBRARY_NAME).getMethod("version").invoke(null))));
        }

        private static final String LIBRARY_NAME = "com.github.benmanes.caffeine.cache.Caffeine";
    }

    @TempDir
    private Path folder;

    /** A version of the library that no host has. */
    private static byte[] library(String version) {
        return ClassFile.of()
                .build(
                        ClassDesc.of(LIBRARY),
                        type -> type.withFlags(ClassFile.ACC_PUBLIC)
                                .withMethodBody(
                                        "version",
                                        MethodTypeDesc.of(ConstantDescs.CD_String),
                                        ClassFile.ACC_PUBLIC | ClassFile.ACC_STATIC,
                                        code -> code.ldc(version).areturn()));
    }

    private void drop(String id, String version) {
        PluginJar.of(CachePlugin.class, id, "1.0.0")
                .bytes(LIBRARY.replace('.', '/') + ".class", library(version))
                .writeTo(RunningHost.dropFolder(folder).resolve(id + ".jar"));
    }

    @Test
    void eachPluginUsesItsOwnCopyOfALibrary() throws Exception {
        drop("old", "1.0");
        drop("new", "9.9");
        try (RunningHost host = RunningHost.start(folder)) {
            assertThat(host.get("/api/old/library").body()).isEqualTo("1.0");
            assertThat(host.get("/api/new/library").body()).isEqualTo("9.9");
        }
        assertThat(Class.forName(LIBRARY)).isSameAs(Caffeine.class).hasDeclaredMethods("newBuilder");
    }
}
