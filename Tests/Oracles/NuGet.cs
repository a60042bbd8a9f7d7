// Asks nuget.exe's own CommandLineParser what lines mean, by reflection:
//     mcs -r:System.Runtime.Serialization -out:Oracle.exe NuGet.cs
//     MONO_PATH=/usr/lib/nuget mono Oracle.exe /usr/lib/nuget/NuGet.exe < questions > answers
// The first answer holds its commands and options (README.md says in which shape). Commands are
// constructed, as nuget's catalogue does, and filled by the parser; none is executed.
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Runtime.Serialization;
using System.Runtime.Serialization.Json;
using System.Text;

[DataContract] class Question {
    [DataMember(Name = "argv")] public string[] Words;
}

[DataContract] class Tables {
    [DataMember(Name = "version")] public string Version;
    [DataMember(Name = "commands")] public string[] Commands;
    [DataMember(Name = "options")] public Dictionary<string, Option[]> Options;
}

[DataContract] class Option {
    [DataMember(Name = "names")] public string[] Names;
    [DataMember(Name = "takesValue")] public bool TakesValue;
}

[DataContract] class Answer {
    [DataMember(Name = "command")] public string Command;
    [DataMember(Name = "args")] public string[] Arguments = { };
    [DataMember(Name = "opts")] public Dictionary<string, string> Options;
    [DataMember(Name = "prints")] public bool Prints;
    [DataMember(Name = "why")] public string Why;
}

static class Oracle {
    static Type manager, parser;
    static List<Type> commands;

    static void Main(string[] arguments) {
        var program = Assembly.LoadFrom(arguments[0]);
        manager = program.GetType("NuGet.CommandManager");
        parser = program.GetType("NuGet.CommandLineParser");
        commands = program.GetTypes()
            .Where(type => type.IsClass && !type.IsAbstract && Described(type) != null).ToList();
        Write(TablesOf(program));
        var reader = new DataContractJsonSerializer(typeof(Question));
        for (string line; (line = Console.In.ReadLine()) != null;) {
            var bytes = new MemoryStream(Encoding.UTF8.GetBytes(line));
            Write(Parsed(((Question)reader.ReadObject(bytes)).Words));
        }
    }

    static void Write<T>(T found) {
        var settings = new DataContractJsonSerializerSettings { UseSimpleDictionaryFormat = true };
        var text = new MemoryStream();
        new DataContractJsonSerializer(typeof(T), settings).WriteObject(text, found);
        Console.Out.WriteLine(Encoding.UTF8.GetString(text.ToArray()));
    }

    static object Described(Type type) {
        return type.GetCustomAttributes(false)
            .FirstOrDefault(one => one.GetType().Name == "CommandAttribute");
    }

    static string NameOf(Type type) {
        var description = Described(type);
        return (string)description.GetType().GetProperty("CommandName").GetValue(description, null);
    }

    static Tables TablesOf(Assembly program) {
        return new Tables {
            Version = program.GetName().Version.ToString(),
            Commands = commands.Select(NameOf).ToArray(),
            Options = commands.ToDictionary(NameOf, type => OptionsOf(type)
                .Select(one => new Option {
                    Names = new[] { "-" + one.Name },
                    TakesValue = one.PropertyType != typeof(bool),
                }).ToArray()),
        };
    }

    static IEnumerable<PropertyInfo> OptionsOf(Type type) {
        return type.GetProperties()
            .Where(one => one.GetCustomAttributes(true)
                .Any(attribute => attribute.GetType().Name == "OptionAttribute"));
    }

    static string Text(object value) {
        var list = value as IEnumerable<string>;
        if (list != null) return "[" + string.Join(",", list) + "]";
        var pairs = value as System.Collections.IDictionary;
        if (pairs == null) return Convert.ToString(value);
        return string.Join(",", pairs.Keys.Cast<object>().Select(key => key + "=" + pairs[key]));
    }

    static Answer Parsed(string[] words) {
        var catalogue = Activator.CreateInstance(manager, true);
        foreach (var type in commands)
            manager.GetMethod("RegisterCommand").Invoke(catalogue, new[] { Constructed(type) });
        try {
            var reader = Activator.CreateInstance(parser, new[] { catalogue });
            var found = parser.GetMethod("ParseCommandLine")
                .Invoke(reader, new object[] { (IEnumerable<string>)words });
            if (found == null) return new Answer { Why = "usage" };
            var rest = found.GetType().GetProperty("Arguments").GetValue(found, null);
            var wantsHelp = found.GetType().GetProperty("Help").GetValue(found, null);
            return new Answer {
                Command = NameOf(found.GetType()),
                Prints = true.Equals(wantsHelp) || NameOf(found.GetType()) == "help",
                Arguments = ((IEnumerable<string>)rest).ToArray(),
                Options = OptionsOf(found.GetType())
                    .ToDictionary(one => one.Name, one => Text(one.GetValue(found, null))),
            };
        } catch (Exception error) {
            while (error.InnerException != null) error = error.InnerException;
            return new Answer { Why = error.Message };
        }
    }

    static object Constructed(Type type) {
        var constructor = type.GetConstructors().OrderBy(one => one.GetParameters().Length).First();
        return constructor.Invoke(constructor.GetParameters()
            .Select(one => one.ParameterType.IsValueType
                ? Activator.CreateInstance(one.ParameterType) : null).ToArray());
    }
}
