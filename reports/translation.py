"""The multilingual fields. Each has a column for each language, so a fourth language needs a migration."""

from modeltranslation.translator import TranslationOptions, register

from reports import models


@register(models.Country)
class CountryTranslation(TranslationOptions):
    fields = ("name",)


@register(models.PolicyTarget)
@register(models.OperationalGoal)
class TextTranslation(TranslationOptions):
    fields = ("text",)


@register(models.ReportingForm)
class ReportingFormTranslation(TranslationOptions):
    fields = ("title",)


@register(models.Question)
class QuestionTranslation(TranslationOptions):
    fields = ("label", "heading", "prompt", "guidance")


@register(models.Contribution)
class ContributionTranslation(TranslationOptions):
    """Without fallback: where a translation is missing, another one must not be shown in its place."""

    fields = ("translation",)
    fallback_languages = {"default": ()}
