"""The multilingual fields. A fourth language is a migration."""

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
    fields = ("label", "heading", "prompt")


@register(models.Contribution)
class ContributionTranslation(TranslationOptions):
    """Without fallback: a translation that does not exist is not another one."""

    fields = ("translation",)
    fallback_languages = {"default": ()}
