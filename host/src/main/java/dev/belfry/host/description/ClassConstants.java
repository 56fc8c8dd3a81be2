package dev.belfry.host.description;

import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.instruction.ConstantInstruction.LoadConstantInstruction;
import java.net.URL;
import java.util.concurrent.atomic.AtomicBoolean;

/** The class literals in a plugin's code, such as the first argument of {@code context.provide(Catalog.class, ...)}. */
public final class ClassConstants {

    private ClassConstants() {}

    /**
     * @param location a JAR or a folder of classes
     * @param type the name of a class
     */
    public static boolean include(URL location, String type) throws IOException {
        AtomicBoolean found = new AtomicBoolean();
        ClassFiles.read(location, file -> {
            if (!found.get() && isIn(file, type.replace('.', '/'))) {
                found.set(true);
            }
        });
        return found.get();
    }

    private static boolean isIn(byte[] file, String name) {
        return ClassFile.of().parse(file).methods().stream()
                .flatMap(method -> method.code().stream())
                .flatMap(code -> code.elementStream())
                .anyMatch(element -> element instanceof LoadConstantInstruction load
                        && load.constantEntry() instanceof ClassEntry loaded
                        && loaded.asInternalName().equals(name));
    }
}
