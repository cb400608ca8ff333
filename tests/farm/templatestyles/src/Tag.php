<?php

namespace FarmTemplateStyles;

use Html;
use MediaWiki\Revision\SlotRecord;
use Parser;
use Title;

/** The tag <templatestyles src="…" />, which puts a style sheet into a page. */
class Tag {

	/** @param Parser $parser a new one */
	public static function register( $parser ): void {
		$parser->setHook( 'templatestyles', [ self::class, 'show' ] );
	}

	/** Subpages of templates that end with ".css" are style sheets unless somebody says otherwise. */
	public static function chooseModel( $title, &$model ): bool {
		if ( $title->getNamespace() === NS_TEMPLATE && $title->isSubpage()
			&& str_ends_with( $title->getText(), '.css' )
		) {
			$model = 'sanitized-css';
			return false;
		}
		return true;
	}

	/** Returns the style sheet as an element of the page, or an error and its category. */
	public static function show( $text, array $attributes, Parser $parser ): string {
		// Without a namespace it is a template's.
		$title = Title::newFromText( $attributes['src'] ?? '', NS_TEMPLATE );
		$revision = $title ? $parser->fetchCurrentRevisionRecordOfTitle( $title ) : null;
		$content = $revision ? $revision->getContent( SlotRecord::MAIN ) : null;
		if ( $title ) {
			$parser->getOutput()->addTemplate(
				$title, $title->getArticleID(), $revision ? $revision->getId() : null
			);
		}
		if ( !$content instanceof StylesContent ) {
			$parser->addTrackingCategory( 'farmtemplatestyles-error-category' );
			return Html::element( 'strong', [ 'class' => 'error' ],
				wfMessage( 'farmtemplatestyles-error', $attributes['src'] ?? '' )->inContentLanguage()->text() );
		}
		// The parser's search for paragraphs must not see the style sheet.
		$marker = Parser::MARKER_PREFIX . "-farmtemplatestyles-{$revision->getId()}" . Parser::MARKER_SUFFIX;
		$parser->getStripState()->addNoWiki( $marker, $content->getText() );
		return Html::inlineStyle( $marker, 'all', [ 'data-mw-deduplicate' => "TemplateStyles:r{$revision->getId()}" ] );
	}
}
