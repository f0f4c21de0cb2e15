package io.proffer.e2e.simulation;

import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeModel;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.MethodModel;
import java.lang.classfile.Opcode;
import java.lang.classfile.TypeKind;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.function.BiConsumer;

/**
 * A deliberately wrong change of one method of the product, made in its class file.
 *
 * @param what is wrong then
 * @param type the class, below {@code io.proffer}
 * @param method all methods of this name, lambdas inside them included
 */
record Mutation(String what, String type, String method, Change change) {
  private static final ClassDesc OPTIONAL = ClassDesc.of("java.util.Optional");
  private static final ClassDesc FUTURE = ClassDesc.of("java.util.concurrent.CompletableFuture");
  private static final MethodTypeDesc COMPLETED =
      MethodTypeDesc.of(FUTURE, ConstantDescs.CD_Object);

  /** What becomes of the method. */
  sealed interface Change {
    /** It does nothing, and returns false, zero or nothing. */
    record Nothing() implements Change {}

    /** It does nothing, and returns true. */
    record Agrees() implements Change {}

    /** It no longer makes this call, which returns nothing, or what it is made on. */
    record Without(String called) implements Change {}

    /** It does not make this call, which is answered later, and takes it for done. */
    record Skips(String called) implements Change {}

    /** What this call returns is taken to be true. */
    record Believes(String called) implements Change {}

    /** What this call returns is taken to be false, or zero. */
    record Doubts(String called) implements Change {}

    /** What this call returns, a message, is taken to be an empty one. */
    record Empties(String called) implements Change {}

    /** This field, a whole number, is taken to have this value. */
    record Takes(String field, int value) implements Change {}

    /** It makes another call of the same shape instead. */
    record Instead(String called, String other) implements Change {}
  }

  String className() {
    return "io.proffer." + type;
  }

  /** The class as it would be with that mistake in it. */
  byte[] apply(byte[] original) {
    var file = ClassFile.of();
    var model = file.parse(original);
    var changed = new boolean[1];
    var result = file.transformClass(model, transform(changed));
    if (!changed[0]) {
      throw new IllegalStateException(this + " changes nothing: the code has moved on");
    }
    return result;
  }

  private ClassTransform transform(boolean[] changed) {
    return switch (change) {
      case Change.Nothing nothing -> body(changed, Mutation::returnAtOnce);
      case Change.Agrees agrees -> body(changed, (code, type) -> code.iconst_1().ireturn());
      case Change.Without(var called) ->
          calls(
              called,
              changed,
              (code, call) -> {
                popArguments(code, call);
              });
      case Change.Skips(var called) ->
          calls(
              called,
              changed,
              (code, call) -> {
                popArguments(code, call);
                code.aconst_null().invokestatic(FUTURE, "completedFuture", COMPLETED, false);
              });
      case Change.Believes(var called) ->
          calls(
              called,
              changed,
              (code, call) -> {
                code.with(call);
                code.pop().iconst_1();
              });
      case Change.Doubts(var called) ->
          calls(
              called,
              changed,
              (code, call) -> {
                code.with(call);
                code.pop().iconst_0();
              });
      case Change.Empties(var called) ->
          calls(
              called,
              changed,
              (code, call) -> {
                code.with(call);
                var message = call.typeSymbol().returnType();
                var empty = MethodTypeDesc.of(message);
                code.pop().invokestatic(message, "getDefaultInstance", empty, false);
              });
      case Change.Takes(var field, var value) -> fields(field, value, changed);
      case Change.Instead(var called, var other) ->
          calls(
              called,
              changed,
              (code, call) ->
                  code.invoke(
                      call.opcode(),
                      call.owner().asSymbol(),
                      other,
                      call.typeSymbol(),
                      call.isInterface()));
    };
  }

  private ClassTransform body(boolean[] changed, BiConsumer<CodeBuilder, MethodTypeDesc> written) {
    return ClassTransform.transformingMethods(
        this::isMeant,
        (method, element) -> {
          if (element instanceof CodeModel code) {
            changed[0] = true;
            method.withCode(
                builder -> written.accept(builder, code.parent().orElseThrow().methodTypeSymbol()));
          } else {
            method.with(element);
          }
        });
  }

  private static void returnAtOnce(CodeBuilder code, MethodTypeDesc type) {
    var kind = TypeKind.from(type.returnType());
    switch (kind) {
      case VOID -> code.return_();
      case BOOLEAN, BYTE, SHORT, CHAR, INT -> code.iconst_0().ireturn();
      case LONG -> code.lconst_0().lreturn();
      case FLOAT -> code.fconst_0().freturn();
      case DOUBLE -> code.dconst_0().dreturn();
      case REFERENCE -> nothing(code, type);
    }
  }

  /** No list has anything in it, no optional either. */
  private static void nothing(CodeBuilder code, MethodTypeDesc type) {
    var returned = type.returnType();
    if (returned.equals(ConstantDescs.CD_List)) {
      code.invokestatic(
          ConstantDescs.CD_List, "of", MethodTypeDesc.of(ConstantDescs.CD_List), true);
    } else if (returned.equals(OPTIONAL)) {
      code.invokestatic(OPTIONAL, "empty", MethodTypeDesc.of(OPTIONAL), false);
    } else {
      code.aconst_null();
    }
    code.areturn();
  }

  private interface Rewrite {
    void write(CodeBuilder code, InvokeInstruction call);
  }

  private ClassTransform calls(String called, boolean[] changed, Rewrite rewrite) {
    CodeTransform transform =
        (code, element) -> {
          if (element instanceof InvokeInstruction call && isCalled(called, call)) {
            changed[0] = true;
            rewrite.write(code, call);
          } else {
            code.with(element);
          }
        };
    return ClassTransform.transformingMethodBodies(this::isMeant, transform);
  }

  private ClassTransform fields(String field, int value, boolean[] changed) {
    CodeTransform transform =
        (code, element) -> {
          if (element instanceof FieldInstruction read
              && read.opcode() == Opcode.GETFIELD
              && read.name().equalsString(field)) {
            changed[0] = true;
            code.pop().loadConstant(value);
          } else {
            code.with(element);
          }
        };
    return ClassTransform.transformingMethodBodies(this::isMeant, transform);
  }

  /** By its name, or by that of its class, a dot and its name. */
  private static boolean isCalled(String called, InvokeInstruction call) {
    var dot = called.indexOf('.');
    return call.name().equalsString(called.substring(dot + 1))
        && (dot < 0 || call.owner().asInternalName().endsWith("/" + called.substring(0, dot)));
  }

  private static void popArguments(CodeBuilder code, InvokeInstruction call) {
    var type = call.typeSymbol();
    for (var i = type.parameterCount() - 1; i >= 0; i--) {
      if (TypeKind.from(type.parameterType(i)).slotSize() == 2) {
        code.pop2();
      } else {
        code.pop();
      }
    }
    if (type.returnType().equals(call.owner().asSymbol())) {
      return; // A builder, which is still there.
    }
    if (call.opcode() != Opcode.INVOKESTATIC) {
      code.pop();
    }
  }

  private boolean isMeant(MethodModel candidate) {
    var name = candidate.methodName().stringValue();
    return name.equals(method) || name.startsWith("lambda$" + method + "$");
  }

  @Override
  public String toString() {
    return what;
  }
}
