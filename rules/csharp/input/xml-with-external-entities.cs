using System.Xml;

class Documents
{
    void Read(Stream stream, XmlReaderSettings settings, XmlTextReader old)
    {
        // ruleid: xml-with-external-entities
        settings.DtdProcessing = DtdProcessing.Parse;
        // ruleid: xml-with-external-entities
        settings.ProhibitDtd = false;
        // ruleid: xml-with-external-entities
        old.XmlResolver = new XmlUrlResolver();
        // ruleid: xml-with-external-entities
        var a = new XmlReaderSettings { IgnoreComments = true, DtdProcessing = DtdProcessing.Parse };
        // ruleid: xml-with-external-entities
        var b = new XmlDocument { XmlResolver = new XmlUrlResolver() };
        // ok: xml-with-external-entities
        settings.DtdProcessing = DtdProcessing.Prohibit;
        // ok: xml-with-external-entities
        settings.XmlResolver = null;
        // ok: xml-with-external-entities
        var c = new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null };
        // ok: xml-with-external-entities
        var d = new XmlDocument { XmlResolver = null };
        // ok: xml-with-external-entities
        using var reader = XmlReader.Create(stream, settings);
        // ok: xml-with-external-entities
        old.DtdProcessing = DtdProcessing.Ignore;
    }
}
