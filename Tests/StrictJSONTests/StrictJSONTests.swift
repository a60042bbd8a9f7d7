// Strict JSON against the ideas of the public JSON test suite (RFC 8259): documents that every
// parser must read, and documents that none may. Where the RFC leaves a choice (duplicate names,
// lone surrogates, deep nesting) ours is to refuse.

import Testing

@testable import StrictJSON

@Suite struct StrictJSONTests {
    @Test(
        "a well-formed document is read",
        arguments: [
            "[]", "{}", "[[]   ]", "[\"\"]", "[\"a\"]", "[false]", "[null, 1, \"1\", {}]", "[null]",
            "[1\n]", " [1]", "[1,null,null,null,2]", "[2] ", "[123e65]", "[0e+1]", "[0e1]", "[ 4]",
            "[-0.000000000000000000000000000000000000000000000000000000000000000000000001]",
            "[20e1]", "[-0]", "[-123]", "[-1]", "[1E22]", "[1E-2]", "[1E+2]", "[123e45]",
            "[123.456e78]", "[1e-2]", "[1e+2]", "[123]", "[123.456789]",
            "{\"asd\":\"sdf\", \"dfg\":\"fgh\"}", "{\"asd\":\"sdf\"}", "{\"\":0}",
            "{\"foo\\u0000bar\": 42}", "{ \"min\": -1.0e+28, \"max\": 1.0e+28 }",
            "{\"x\":[{\"id\": \"x\"}], \"id\": \"x\"}", "{\n\"a\": \"b\"\n}",
            "[\"\\u0060\\u012a\\u12AB\"]", "[\"\\uD801\\udc37\"]", "[\"\\ud83d\\ude39\"]",
            "[\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"]", "[\"\\\\u0000\"]", "[\"\\\"\"]",
            "[\"a/*b*/c/*d//e\"]",
            "[\"\\\\a\"]", "[\"\\\\n\"]", "[\"\\u0012\"]", "[\"\\uFFFF\"]", "[\"asd\"]",
            "[ \"asd\"]",
            "[\"\u{10FFFF}\"]", "[\"\u{FFFF}\"]", "[\"\\u0000\"]", "[\"\\u002c\"]", "[\"π\"]",
            "[\"\u{1BFFF}\"]", "[\"asd \"]", "\" \"", "[\"\\uD834\\uDd1e\"]", "[\"\\u0821\"]",
            "[\"\u{2028}\"]", "[\"\u{2029}\"]", "[\"\\u0061\\u30af\\u30EA\\u30b9\"]",
            "[\"new\\u00A0line\"]", "[\"\u{2064}\"]", "[\"\\u200B\"]", "[\"€𝄞\"]", "[\"\u{7F}\"]",
            "[\"aa\u{7F}\"]", "[\"\\uA66D\"]", "[\"⍂㈴⍂\"]", "[\"\\u005C\"]", "[\"\\u0022\"]",
            "false", "42", "-0.1", "null", "\"asd\"", "true", "[\"a\"]\n", "[true]", " [] ",
            "\t{\r\n}\n",
        ])
    func accepted(text: String) throws {
        _ = try JSON.parse(Array(text.utf8))
    }

    @Test(
        "a malformed document is refused",
        arguments: [
            "", " ", "[1 true]", "[\"\": 1]", "[\"\"],", "[,1]", "[1,,2]", "[\"x\",,]", "[\"x\"]]",
            "[\"\",]", "[\"x\"", "[x", "[3[4]]", "[1:2]", "[,]", "[-]", "[   , \"\"]",
            "[\"a\",\n4\n,1,",
            "[1,]", "[\"a\u{0B}\"\\f]", "[*]", "[\"\"", "[1,", "[1,\n1\n,1", "[{}", "[fals]",
            "[nul]",
            "[tru]", "[True]", "[TRUE]", "[++1234]", "[+1]", "[+Inf]", "[-01]", "[-1.0.]", "[-2.]",
            "[-NaN]", "[.-1]", "[.2e-3]", "[0.1.2]", "[0.3e+]", "[0.3e]", "[0.e1]", "[0E+]", "[0E]",
            "[0e+]", "[0e]", "[1.0e+]", "[1.0e-]", "[1.0e]", "[1 000.0]", "[1eE2]", "[2.e+3]",
            "[2.e-3]", "[2.e3]", "[9.e+]", "[Inf]", "[NaN]", "[１]", "[1+2]", "[0x1]", "[0x42]",
            "[Infinity]", "[0e+-1]", "[-123.123foo]", "[-Infinity]", "[-foo]", "[- 1]", "[-012]",
            "[-.123]", "[-1x]", "[1ea]", "[1.]", "[.123]", "[1.2a-3]", "[1.8011670033376514H-308]",
            "[012]", "[\"x\", truth]", "{[: \"x\"}\n", "{\"x\", null}", "{\"x\"::\"b\"}", "{🇨🇭}",
            "{\"a\":\"a\" 123}", "{key: 'value'}", "{\"x\" null}", "{:\"b\"}", "{\"a\" b}",
            "{\"a\":",
            "{\"a\"", "{1:1}", "{9999E9999:1}", "{null:null,null:null}", "{\"id\":0,,,,,}",
            "{'a':0}", "{\"id\":0,}", "{\"a\":\"b\"}/**/", "{\"a\":\"b\"}/**//", "{\"a\":\"b\"}//",
            "{\"a\":\"b\"}/", "{\"a\":\"b\",,\"c\":\"d\"}", "{a: \"b\"}", "{\"a\":\"a",
            "{ \"foo\" : 1, 2}",
            "{\"a\":\"b\"}#", "[\"\\uD800\\\"]", "[\"\\uD800\\u\"]", "[\"\\uD800\\u1\"]",
            "[\"\\uD800\\u1x\"]", "[é]", "[\"\\\u{0}\"]", "[\"\\x00\"]", "[\"\\\\\\\"]",
            "[\"\\\u{09}\"]", "[\"\\🌀\"]", "[\"\\\"]", "[\"\\u00A\"]", "[\"\\uD834\\uDd\"]",
            "[\"\\uD800\\uD800\\x\"]", "[\"\\a\"]", "[\"\\uqqqq\"]", "[\\u0020\"asd\"]", "[\\n]",
            "\"", "['single quote']", "abc", "[\"\\", "[\"new\nline\"]", "[\"\t\"]", "[\"\u{0}\"]",
            "[\"\u{1F}\"]", "\"\\UA66D\"", "\"\"x", "<.>", "[<null>]", "[1]x", "[1]]", "[asd]",
            "aå", "[True]", "1]", "{\"x\": true,", "[][]", "]", "{}}", "{\"\":",
            "{\"a\":/*comment*/1}",
            "{\"a\": true} \"x\"", "[\"", "[", "[,", "[{", "[\"a", "[\"a\"", "{", "{]", "{,", "{[",
            "{\"a",
            "{'a'", "[\"\\{[\"\\{[\"\\{[\"\\{", "é", "*", "{\"a\":\"b\"}#{}", "[\\u000A\"\"]",
            "[1", "[ false, nul", "[ true, fals", "[ false, tru", "{\"asd\":\"asd\"",
            "[\u{0C}]", "[\u{2060}]", "\u{FEFF}{}", "[\u{A0}]", "[\u{0B}1]",
            // Left to the parser by the RFC, and refused here.
            "{\"a\":1,\"a\":1}", "{\"a\":1,\"\\u0061\":2}", "[\"\\uD800\"]", "[\"\\uDC00\"]",
            "[\"\\uDC00\\uD800\"]", "[\"\\uD800\\uD800\"]", "[\"\\uD800x\"]",
        ])
    func refused(text: String) {
        #expect(throws: JSONError.self) { try JSON.parse(Array(text.utf8)) }
    }

    @Test(
        "bytes that are not UTF-8 are refused",
        arguments: [
            [0x5B, 0xFF, 0x5D], [0x5B, 0x22, 0xFF, 0x22, 0x5D], [0x22, 0xE5, 0x22],
            [0x22, 0xC0, 0xAF, 0x22], [0x22, 0xED, 0xA0, 0x80, 0x22],
            [0x22, 0xF4, 0xBF, 0xBF, 0xBF, 0x22], [0x22, 0xFC, 0x83, 0xBF, 0xBF, 0xBF, 0xBF, 0x22],
            [0x22, 0x81, 0x22], [0x22, 0xE0, 0xFF, 0x22],
            [0x5B, 0x00, 0x22, 0x00, 0xE9, 0x00, 0x5D],
            [0x22, 0x5C, 0x6E, 0xFF, 0x22],
        ] as [[UInt8]])
    func notText(bytes: [UInt8]) {
        #expect(throws: JSONError.self) { try JSON.parse(bytes) }
    }

    @Test(
        "the first byte that does not fit is named",
        arguments: [
            ("", 0), ("{\"a\":1,}", 7), ("[1 2]", 3), ("{\"a\" 1}", 5), ("[1]x", 3), ("[01]", 2),
            ("{\"a\":1, \"a\":2}", 8), ("[\"a\nb\"]", 3), ("[tru]", 1), ("[\"\\q\"]", 2),
            ("[\"abc", 1),
        ])
    func place(text: String, offset: Int) throws {
        let error = try #require(throws: JSONError.self) { try JSON.parse(Array(text.utf8)) }
        #expect(error.offset == offset)
    }

    @Test("for messages, a document is read past names that stand twice")
    func examination() throws {
        let text = "{\"a\":1,\"b\":{\"c\":1,\"\\u0063\":2},\"a\":3}"
        let (document, errors) = JSON.examine(Array(text.utf8))
        #expect(document?["a"]?.integer == 1)
        #expect(errors.map(\.kind) == [.duplicate("c"), .duplicate("a")])
        #expect(errors.map(\.offset) == [18, 30])
        let cut = JSON.examine(Array("{\"a\":1,\"a\":2".utf8))
        #expect(cut.document == nil)
        #expect(cut.errors.map(\.kind) == [.duplicate("a"), .commaOrBrace])
        #expect(JSON.examine(Array("[1]".utf8)).errors == [])
    }

    @Test("nesting is counted, and beyond the limit it is refused instead of overflowing")
    func nesting() throws {
        let fits = String(repeating: "[", count: 32) + String(repeating: "]", count: 32)
        _ = try JSON.parse(Array(fits.utf8))
        _ = try JSON.parse(Array("[\(fits.dropFirst().dropLast()),[[[]]]]".utf8))
        for depth in [33, 100_000] {
            let text = String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
            #expect(throws: JSONError.self) { try JSON.parse(Array(text.utf8)) }
            let open = String(repeating: "{\"a\":", count: depth)
            #expect(throws: JSONError.self) { try JSON.parse(Array(open.utf8)) }
        }
    }

    @Test("strings are read as they are meant")
    func strings() throws {
        let rows: [(text: String, value: String)] = [
            ("\"\\ud83d\\ude39\"", "\u{1F639}"), ("\"\\u00e9\"", "\u{E9}"),
            ("\"e\u{301}\"", "e\u{301}"),
            ("\"\\b\\f\\n\\r\\t\\/\\\\\\\"\"", "\u{8}\u{C}\n\r\t/\\\""),
            ("\"a\\u0000b\"", "a\u{0}b"),
        ]
        for row in rows {
            let value = try #require(try JSON.parse(Array(row.text.utf8)).string)
            #expect(Array(value.utf8) == Array(row.value.utf8))
        }
    }

    @Test("texts are compared as they are meant, however they are written")
    func comparisons() throws {
        let json = try JSON.parse(
            Array(#"{"a":"x\u0079","\u0062":["plain","p"],"":{},"c":[]}"#.utf8))
        #expect(json["a"]?.isText("xy") == true)
        #expect(json["a"]?.isText(#"x\u0079"#) == false)
        #expect(json["a"]?.stringBytes == Array("xy".utf8)[...])
        let list = try #require(json["b"])
        #expect(list.elements.map { $0.isText("plain") } == [true, false])
        #expect(list.count == 2)
        #expect(json.count == 0)
        #expect(list.elements.map { Array($0.stringBytes ?? []) } == [Array("plain".utf8), [0x70]])
        #expect(json.members.map(\.name) == ["a", "b", "", "c"])
        #expect(json.members.map { $0.value.isEmpty } == [true, false, true, true])
        #expect(json.members.first { $0.isNamed("b") }?.value.isArray == true)
        #expect(list.isText("plain") == false)
        #expect(list.stringBytes == nil)
        for text in [#"{"a":1,"\u0061":2}"#, #"{"\u0061":1,"a":2}"#, #"{"\u0061":1,"\u0061":2}"#] {
            #expect(
                throws: JSONError(offset: text.utf8.firstOffset(of: ","), kind: .duplicate("a"))
            ) {
                try JSON.parse(Array(text.utf8))
            }
        }
    }

    @Test("the lines of a document are known")
    func lines() throws {
        #expect(try JSON.parse(Array("1".utf8)).lines == [0])
        #expect(
            try JSON.parse(Array("\n{\r\n\"a\\n\": [\n\n]}\n".utf8)).lines == [0, 1, 4, 13, 14, 17])
    }

    @Test("names that only look alike are two names")
    func canonicalEquivalence() throws {
        let json = try JSON.parse(
            Array("{\"\u{E9}\":1,\"e\u{301}\":2,\"K\":3,\"\u{212A}\":4}".utf8))
        #expect(json.object?.count == 4)
        #expect(json["K"]?.integer == 3)
        #expect(json["\u{212A}"]?.integer == 4)
    }

    @Test("duplicates are found in large objects as in small ones, and fast")
    func largeObjects() throws {
        for count in [2, 23, 24, 25, 26, 1000, 50_000] {
            let members = (0..<count).map { "\"name-\($0)\":\($0)" }
            let sound = "{" + members.joined(separator: ",") + "}"
            #expect(try JSON.parse(Array(sound.utf8)).object?.count == count)
            for again in [0, count / 2, count - 1] {
                let twice = "{" + members.joined(separator: ",") + ",\"name-\(again)\":0}"
                #expect(throws: JSONError.self) { try JSON.parse(Array(twice.utf8)) }
            }
        }
    }

    @Test("numbers keep their text, and integers are only what fits without loss")
    func numbers() throws {
        let rows: [(text: String, integer: Int?)] = [
            ("0", 0), ("-0", 0), ("-12", -12), ("1.0", nil), ("1e2", nil),
            ("9223372036854775807", .max), ("9223372036854775808", nil),
        ]
        for row in rows {
            let json = try JSON.parse(Array(row.text.utf8))
            #expect(json.integer == row.integer)
            guard case .number(let text) = json.value else {
                Issue.record("\(row.text) is no number")
                continue
            }
            #expect(text == row.text)
        }
    }

    @Test("every value knows where it starts")
    func offsets() throws {
        let json = try JSON.parse(Array(" { \"a\" : [ true , {} ] } ".utf8))
        #expect(json.offset == 1)
        #expect(json.object?.first?.offset == 3)
        #expect(json["a"]?.offset == 9)
        #expect(json["a"]?.array?.map(\.offset) == [11, 18])
    }

    @Test("what is written is ASCII and reads back as it was")
    func writing() throws {
        let rows: [(text: String, json: String)] = [
            ("plain", "\"plain\""), ("a\"b\\c/", "\"a\\\"b\\\\c/\""), ("\n\t\r", "\"\\n\\t\\r\""),
            ("\u{0}\u{1B}\u{7F}", "\"\\u0000\\u001b\\u007f\""), ("é", "\"\\u00e9\""),
            ("\u{202E}", "\"\\u202e\""), ("\u{1F639}", "\"\\ud83d\\ude39\""),
            ("\u{10FFFF}", "\"\\udbff\\udfff\""),
        ]
        for row in rows {
            var writer = JSONText()
            writer.string(row.text)
            #expect(writer.text == row.json)
            #expect(try JSON.parse(writer.bytes).string == row.text)
        }
        var list = JSONText()
        list.strings(["a", "b"])
        list.strings([])
        #expect(list.text == "[\"a\",\"b\"][]")
    }

    @Test("cutting or changing any byte never traps", arguments: 1...4)
    func mutation(seed: UInt64) throws {
        let sound = Array(
            "{\"a\":[1,-2.5e3,\"\\ud83d\\ude39é\",true,null,{\"b\":\"c\\n\"}],\"d\":{}}".utf8)
        _ = try JSON.parse(sound)
        for end in 0..<sound.count {
            #expect(throws: JSONError.self) { try JSON.parse(Array(sound[..<end])) }
        }
        var state = seed
        for _ in 0..<5000 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            var bytes = sound
            bytes[Int(state >> 33) % bytes.count] = UInt8(truncatingIfNeeded: state >> 20)
            if let error = outcome(of: bytes) {
                #expect((0...bytes.count).contains(error.offset))
            }
        }
    }

    /// The error of a document, nil where it is sound.
    private func outcome(of bytes: [UInt8]) -> JSONError? {
        do {
            _ = try JSON.parse(bytes)
            return nil
        } catch {
            return error
        }
    }
}

extension String.UTF8View {
    /// The offset of the byte behind the first comma.
    fileprivate func firstOffset(of comma: Character) -> Int {
        let place = firstIndex { $0 == comma.asciiValue } ?? endIndex
        return distance(from: startIndex, to: place) + 1
    }
}
